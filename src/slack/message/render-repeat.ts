import { linkButtons } from "../../triage/card/controls.ts";
import { plain } from "../text/plain.ts";
import type { SlackMessage } from "./slack-message.ts";

/** What is left of a message that came twice: it has no controls, and leads to the one that is kept up to date. */
export function renderRepeat(what: string, permalink: string | null): SlackMessage {
  const text = `${what} came twice. The other one is kept up to date.`;
  const link = linkButtons("view", "Open the other one", permalink ?? "");
  return {
    text,
    blocks: [
      { type: "section", block_id: "repeat", text: plain(text, 200) },
      ...(link.length > 0 ? [{ type: "actions", block_id: "other", elements: link } as const] : []),
    ],
  };
}
