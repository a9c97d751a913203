import type { SlackMessage } from "../message/slack-message.ts";
import { clockTime } from "../text/clock-time.ts";
import { escapeText } from "../text/escape-text.ts";
import { oneLine } from "../text/one-line.ts";
import { plain } from "../text/plain.ts";
import type { QuestionView } from "./question-view.ts";

/** A reply below a question that nobody has answered yet. Its text, which a phone shows alone, names the question. */
export function renderReminder({ asker, question, until, timezone, now }: QuestionView): SlackMessage {
  const who = oneLine(asker, 80);
  const words = `A reminder: ${who} still waits for your answer, until ${clockTime(until, timezone, now)}.`;
  return {
    text: escapeText(`${words} ${oneLine(question, 300)}`),
    blocks: [{ type: "section", block_id: "reminder", text: plain(words, 500) }],
  };
}
