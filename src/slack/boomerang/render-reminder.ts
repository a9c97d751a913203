import type { SlackMessage } from "../message/slack-message.ts";
import { clockTime } from "../text/clock-time.ts";
import { escapeText } from "../text/escape-text.ts";
import { plain } from "../text/plain.ts";
import type { QuestionView } from "./question-view.ts";

/** A reply below a question that nobody has answered yet. */
export function renderReminder({ asker, until, timezone, now }: QuestionView): SlackMessage {
  const words = `A reminder: ${asker} still waits for your answer, until ${clockTime(until, timezone, now)}.`;
  return {
    text: escapeText(words),
    blocks: [{ type: "section", block_id: "reminder", text: plain(words, 500) }],
  };
}
