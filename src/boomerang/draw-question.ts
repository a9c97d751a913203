import type { Button, ContextBlock, KnownBlock } from "@slack/types";
import { noWords, yesWords } from "../alert/answer-words.ts";
import { longestQuestion } from "../alert/boomerang.ts";
import type { SlackMessage } from "../slack/message/slack-message.ts";
import { clockTime } from "../slack/text/clock-time.ts";
import { escapeText } from "../slack/text/escape-text.ts";
import { oneLine } from "../slack/text/one-line.ts";
import { plain } from "../slack/text/plain.ts";
import { writeAskBlockId } from "../slack/boomerang/ask-block-id.ts";
import type { QuestionView } from "../slack/boomerang/question-view.ts";

/** Asks a person or a channel. All of it stands in plain text: nothing in it can become a link or a mention. */
export function renderQuestion(view: QuestionView): SlackMessage {
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
export function questionBlocks({ kind, asker, question }: QuestionView): KnownBlock[] {
  const about = kind === "person" ? "asks about something on your account" : "asks this channel";
  return [
    {
      type: "header",
      block_id: "head",
      text: plain(`${oneLine(asker, 80)} from Security ${about}`, 150),
    },
    { type: "section", block_id: "question", text: plain(question, longestQuestion) },
  ];
}

function context(blockId: string, lines: string[]): ContextBlock {
  return { type: "context", block_id: blockId, elements: lines.map((line) => plain(line, 300)) };
}

function buttons({ kind, answers }: QuestionView): Button[] {
  const why = button("boomerang-why", kind === "person" ? "Why am I asked?" : "Why are we asked?");
  if (answers === "text") return [{ ...button("boomerang-text", "Answer"), style: "primary" }, why];
  const no: Button = { ...button("boomerang-no", noWords), style: "danger" };
  // With a reason, a dialog follows that can still be cancelled.
  return [button("boomerang-yes", yesWords), answers === "yes_no" ? { ...no, confirm } : no, why];
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
  confirm: plain(noWords, 30),
  deny: plain("Go back", 30),
  style: "danger",
};
