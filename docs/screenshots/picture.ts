import type { Page } from "playwright-core";
import type { DemoFacts } from "../../cli/demo/demo-facts.ts";

/** One picture of the running demo. */
export interface Picture {
  name: string;
  /** Used in README and docs; the others are only for review, in the given folder. */
  kept: boolean;
  scheme: "light" | "dark";
  /** CSS pixels. */
  size: { width: number; height: number };
  signedIn: boolean;
  url(facts: DemoFacts): string;
  /** Brings the page into the state to be shown. */
  prepare(page: Page): Promise<void>;
}

/** A picture of a page of the Console, seen by Ada. */
export function ofConsole(name: string, path: string, more: Partial<Picture> = {}): Picture {
  const usual = { kept: false, scheme: "light", size: { width: 1280, height: 800 }, signedIn: true } as const;
  const url = ({ consoleUrl }: DemoFacts) => `${consoleUrl}${path}`;
  return { name, ...usual, url, prepare: (page) => page.waitForTimeout(600), ...more };
}

const security = "C0SECURITY1";

/** A picture of #security in the simulator, seen by the given person. */
export function ofSlack(name: string, as: string, more: Partial<Picture> = {}): Picture {
  const usual = {
    kept: false,
    scheme: "light",
    size: { width: 1280, height: 800 },
    signedIn: false,
  } as const;
  const url = ({ slackUrl }: DemoFacts) => `${slackUrl}#/${as}/${security}`;
  return { name, ...usual, url, prepare: (page) => page.waitForTimeout(600), ...more };
}
