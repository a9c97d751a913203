import type { DemoFacts } from "../../cli/demo/demo-facts.ts";
import type { Picture } from "./picture.ts";

/** A picture of a page of the Console, as Ada sees it. */
export function ofConsole(name: string, path: string, more: Partial<Picture> = {}): Picture {
  const usual = { kept: false, scheme: "light", size: { width: 1280, height: 800 }, signedIn: true } as const;
  const url = ({ consoleUrl }: DemoFacts) => `${consoleUrl}${path}`;
  return { name, ...usual, url, prepare: (page) => page.waitForTimeout(600), ...more };
}
