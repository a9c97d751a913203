import { answerWords } from "../../alert/answer-words.ts";
import type { Answer } from "../../alert/boomerang.ts";
import type { SlackMessage } from "../message/slack-message.ts";
import { clockTime } from "../text/clock-time.ts";
import { escapeText } from "../text/escape-text.ts";
import { oneLine } from "../text/one-line.ts";
import { plain } from "../text/plain.ts";
import type { QuestionView } from "./question-view.ts";
import { questionBlocks } from "../../boomerang/draw-question.ts";

/** What became of a question. `by` is who answered for a channel. */
export type Outcome =
  | { kind: "answered"; answer: Answer; by: string; at: Date }
  | { kind: "expired" }
  | { kind: "cancelled" };

/** A question that is over: the answer stands where the buttons were. Its text names the question too, to make sense alone. */
export function renderOver(view: QuestionView, outcome: Outcome): SlackMessage {
  const [said, ...more] = outcomeWords(view, outcome);
  const asked = `${oneLine(view.asker, 80)} from Security asked: ${oneLine(view.question, 200)}`;
  return {
    text: escapeText(`${asked} ${oneLine(said, 450)}`),
    blocks: [
      ...questionBlocks(view),
      { type: "section", block_id: "answer", text: plain([said, ...more].join("\n"), 2000) },
    ],
  };
}

function outcomeWords(
  { kind, timezone, now, asker }: QuestionView,
  outcome: Outcome,
): [said: string, more?: string] {
  switch (outcome.kind) {
    case "answered": {
      const at = clockTime(outcome.at, timezone, now);
      const who = kind === "person" ? "You" : outcome.by;
      const said = `Thank you. ${who} answered at ${at}: ${answerWords(outcome.answer)}`;
      return [said, "There is nothing else to do."];
    }
    case "expired":
      return [`The time for an answer is over. If there is something to tell, please write to ${asker}.`];
    case "cancelled":
      return [`${asker} no longer needs an answer. There is nothing to do.`];
    default:
      return outcome satisfies never;
  }
}
