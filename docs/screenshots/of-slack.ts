import type { DemoFacts } from "../../cli/demo/demo-facts.ts";
import type { Picture } from "./picture.ts";

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
