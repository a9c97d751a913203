import type { Button, ContextBlock, KnownBlock } from "@slack/types";
import { z } from "zod";
import {
  type Answer,
  type AnswerFormat,
  answerText,
  maxQuestionLength,
  noLabel,
  yesLabel,
} from "../alert/boomerang.ts";
import type { SlackMessage } from "../slack/message.ts";
import { clockTime } from "../slack/text/clock-time.ts";
import { escapeText, oneLine, plain } from "../slack/text/text.ts";

/** Asks a person or a channel. All of it stands in plain text: nothing in it can become a link or a mention. */
export function drawQuestion(view: QuestionView): SlackMessage {
  const until = `Please answer until ${clockTime(view.until, view.timezone, view.now)}.`;
  return {
    text: escapeText(
      `${oneLine(view.asker, 80)} from Security asks: ${oneLine(view.question, 300)} ${until}`,
    ),
    blocks: [
      ...questionBlocks(view),
      context("until", [until, ...(view.note ? [view.note] : [])]),
      { type: "actions", block_id: writeAskBlockId(view.askId), elements: buttons(view) },
    ],
  };
}

/** Who asks what; the part that stays when it is over. */
function questionBlocks({ kind, asker, question }: QuestionView): KnownBlock[] {
  const about = kind === "person" ? "asks about something on your account" : "asks this channel";
  return [
    {
      type: "header",
      block_id: "head",
      text: plain(`${oneLine(asker, 80)} from Security ${about}`, 150),
    },
    { type: "section", block_id: "question", text: plain(question, maxQuestionLength) },
  ];
}

function context(blockId: string, lines: string[]): ContextBlock {
  return { type: "context", block_id: blockId, elements: lines.map((line) => plain(line, 300)) };
}

function buttons({ kind, answers }: QuestionView): Button[] {
  const why = button("boomerang-why", kind === "person" ? "Why am I asked?" : "Why are we asked?");
  if (answers === "text") return [{ ...button("boomerang-text", "Answer"), style: "primary" }, why];
  const no: Button = { ...button("boomerang-no", noLabel), style: "danger" };
  // With a reason, a dialog follows that can still be cancelled.
  return [button("boomerang-yes", yesLabel), answers === "yes_no" ? { ...no, confirm } : no, why];
}

function button(action_id: string, label: string): Button {
  return { type: "button", action_id, text: plain(label, 75) };
}

const confirm: Button["confirm"] = {
  title: plain("Are you sure?", 100),
  text: plain(
    "Security will look into it at once. You can tell them more right away by writing to them.",
    300,
  ),
  confirm: plain(noLabel, 30),
  deny: plain("Go back", 30),
  style: "danger",
};

const shape = z.tuple([z.literal("boomerang"), z.uuid()]);

/** The block id of a question's buttons, which says whose answer they are. */
function writeAskBlockId(askId: string): string {
  return `boomerang:${askId}`;
}

export function readAskBlockId(blockId: string): string | null {
  const read = shape.safeParse(blockId.split(":"));
  return read.success ? read.data[1] : null;
}

/** A question as those it is sent to see it; they see nothing else of the alert. */
export interface QuestionView {
  /** Which of those it was sent to this is; in a preview, nobody yet. */
  askId: string | "preview";
  kind: "person" | "channel";
  /** Who asks. */
  asker: string;
  question: string;
  answers: AnswerFormat;
  until: Date;
  timezone: string;
  now: Date;
  note?: string;
}

/** What became of a question. `by` is who answered for a channel. */
export type Outcome =
  | { kind: "answered"; answer: Answer; by: string; at: Date }
  | { kind: "expired" }
  | { kind: "cancelled" };

/** A question that is over: the answer stands where the buttons were. Its text names the question too, to make sense alone. */
export function drawClosedQuestion(view: QuestionView, outcome: Outcome): SlackMessage {
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
      const said = `Thank you. ${who} answered at ${at}: ${answerText(outcome.answer)}`;
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

/** A reply below a question that nobody has answered yet. Its text, which a phone shows alone, names the question. */
export function drawQuestionReminder({ asker, question, until, timezone, now }: QuestionView): SlackMessage {
  const who = oneLine(asker, 80);
  const words = `A reminder: ${who} still waits for your answer, until ${clockTime(until, timezone, now)}.`;
  return {
    text: escapeText(`${words} ${oneLine(question, 300)}`),
    blocks: [{ type: "section", block_id: "reminder", text: plain(words, 500) }],
  };
}
