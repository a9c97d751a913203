import type { Page } from "playwright-core";
import type { DemoFacts } from "../../cli/demo/demo-facts.ts";

/** One picture of the running demo. */
export interface Picture {
  name: string;
  /** Of README and docs; the others are for looking at, in a folder that is given. */
  kept: boolean;
  scheme: "light" | "dark";
  /** CSS pixels. */
  size: { width: number; height: number };
  signedIn: boolean;
  url(facts: DemoFacts): string;
  /** Brings the page to where the picture is to be taken. */
  prepare(page: Page): Promise<void>;
}
