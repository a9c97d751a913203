import type { ContextBlock, KnownBlock } from "@slack/types";
import { securityTeam } from "../alert/automatic-boomerang.ts";
import { type Answer, type AnswerFormat, answerText, maxQuestionLength } from "../alert/boomerang.ts";
import type { SlackMessage } from "../slack/message.ts";
import { clockTime } from "../slack/text/clock-time.ts";
import { escapeText, oneLine, plain } from "../slack/text/text.ts";
import { questionButtons, writeQuestionBlockId } from "./answer-buttons.ts";

/** Draws an open question. All texts are plain text, so that nothing in them becomes a link or a mention. */
export function drawQuestion(view: QuestionView): SlackMessage {
  const until = `Please answer by ${clockTime(view.until, view.timezone, view.now)}.`;
  return {
    text: escapeText(`${fromSecurity(view.asker)} asks: ${oneLine(view.question, 300)} ${until}`),
    blocks: [
      ...questionBlocks(view),
      context("until", [
        until,
        ...(view.secondFactor ? [confirmNote] : []),
        ...(view.note ? [view.note] : []),
      ]),
      { type: "actions", block_id: writeQuestionBlockId(view.askId), elements: questionButtons(view) },
    ],
  };
}

const confirmNote = "Your answer counts once you have confirmed it, by your company's sign-in or a passkey.";

function fromSecurity(asker: string | null): string {
  return asker === null ? "Your security team" : `${oneLine(asker, 80)} from Security`;
}

/** The asker and the question; these blocks stay when the question is over. */
function questionBlocks({ kind, asker, question }: QuestionView): KnownBlock[] {
  const about = kind === "person" ? "asks about something on your account" : "asks this channel";
  return [
    {
      type: "header",
      block_id: "head",
      text: plain(`${fromSecurity(asker)} ${about}`, 150),
    },
    { type: "section", block_id: "question", text: plain(question, maxQuestionLength) },
  ];
}

function context(blockId: string, lines: string[]): ContextBlock {
  return { type: "context", block_id: blockId, elements: lines.map((line) => plain(line, 300)) };
}

/** All that a recipient sees of a question and its alert. */
export interface QuestionView {
  /** Id of the recipient (`boomerang_asks`); `preview` before the question is sent. */
  askId: string | "preview";
  kind: "person" | "channel";
  /** Name of the person who asks; null for an automatic Boomerang. */
  asker: string | null;
  question: string;
  answers: AnswerFormat;
  until: Date;
  timezone: string;
  now: Date;
  /** The person has to confirm the answer. */
  secondFactor: boolean;
  note?: string;
}

/** How a question ended. `by` is the person who answered for a channel. */
export type Outcome =
  | { kind: "answered"; answer: Answer; by: string; at: Date }
  | { kind: "expired" }
  | { kind: "cancelled" };

/** Draws a question that is over: the outcome replaces the buttons. `text` repeats the question for notifications. */
export function drawClosedQuestion(view: QuestionView, outcome: Outcome): SlackMessage {
  const [summary, ...more] = outcomeTexts(view, outcome);
  const question = `${fromSecurity(view.asker)} asked: ${oneLine(view.question, 200)}`;
  return {
    text: escapeText(`${question} ${oneLine(summary, 450)}`),
    blocks: [
      ...questionBlocks(view),
      { type: "section", block_id: "answer", text: plain([summary, ...more].join("\n"), 2000) },
    ],
  };
}

function outcomeTexts(
  { kind, timezone, now, asker }: QuestionView,
  outcome: Outcome,
): [summary: string, more?: string] {
  switch (outcome.kind) {
    case "answered": {
      const at = clockTime(outcome.at, timezone, now);
      const who = kind === "person" ? "You" : outcome.by;
      return [
        `Thank you. ${who} answered at ${at}: ${answerText(outcome.answer)}`,
        "There is nothing else to do.",
      ];
    }
    case "expired":
      return [`The time to answer is over. If you know something, please write to ${asker ?? securityTeam}.`];
    case "cancelled":
      return [
        `${asker ?? `The ${securityTeam.slice(4)}`} no longer needs an answer. There is nothing to do.`,
      ];
    default:
      return outcome satisfies never;
  }
}

/** Draws the reply that reminds of an open question. `text` repeats the question for notifications. */
export function drawQuestionReminder({ asker, question, until, timezone, now }: QuestionView): SlackMessage {
  const who = asker === null ? securityTeam : oneLine(asker, 80);
  const reminder = `Reminder: ${who} is waiting for your answer. Please answer by ${clockTime(until, timezone, now)}.`;
  return {
    text: escapeText(`${reminder} ${oneLine(question, 300)}`),
    blocks: [{ type: "section", block_id: "reminder", text: plain(reminder, 500) }],
  };
}
