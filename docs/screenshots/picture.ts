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

/** A picture of a page of the Console, as Ada sees it. */
export function ofConsole(name: string, path: string, more: Partial<Picture> = {}): Picture {
  const usual = { kept: false, scheme: "light", size: { width: 1280, height: 800 }, signedIn: true } as const;
  const url = ({ consoleUrl }: DemoFacts) => `${consoleUrl}${path}`;
  return { name, ...usual, url, prepare: (page) => page.waitForTimeout(600), ...more };
}

const security = "C0SECURITY1";

/** A picture of #security in the pretended Slack, as somebody sees it. */
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
