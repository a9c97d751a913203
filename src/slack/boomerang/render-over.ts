import { answerWords } from "../../alert/answer-words.ts";
import type { Answer } from "../../alert/boomerang.ts";
import type { SlackMessage } from "../message/slack-message.ts";
import { clockTime } from "../text/clock-time.ts";
import { escapeText } from "../text/escape-text.ts";
import { plain } from "../text/plain.ts";
import type { QuestionView } from "./question-view.ts";
import { questionBlocks } from "./render-question.ts";

/** What became of a question. `by` is who answered for a channel. */
export type Outcome =
  | { kind: "answered"; answer: Answer; by: string; at: Date }
  | { kind: "expired" }
  | { kind: "cancelled" };

/** A question that is over: the answer stands where the buttons were. */
export function renderOver(view: QuestionView, outcome: Outcome): SlackMessage {
  const words = outcomeWords(view, outcome);
  return {
    text: escapeText(plain(words, 700).text),
    blocks: [...questionBlocks(view), { type: "section", block_id: "answer", text: plain(words, 2000) }],
  };
}

function outcomeWords({ kind, timezone, now, asker }: QuestionView, outcome: Outcome): string {
  switch (outcome.kind) {
    case "answered": {
      const at = clockTime(outcome.at, timezone, now);
      const who = kind === "person" ? "You" : outcome.by;
      return `Thank you. ${who} answered at ${at}: ${answerWords(outcome.answer)}\nThere is nothing else to do.`;
    }
    case "expired":
      return `The time for an answer is over. If there is something to tell, please write to ${asker}.`;
    case "cancelled":
      return `${asker} no longer needs an answer. There is nothing to do.`;
    default:
      return outcome satisfies never;
  }
}
