import type { PlainTextElement } from "@slack/types";
import { show } from "./show.ts";

/** The one text object that Slack neither parses nor formats. Slack refuses an empty one: that shows "–". */
export function plain(text: string, limit: number): PlainTextElement {
  return { type: "plain_text", text: show(text.trim(), limit) || "–", emoji: false };
}
