import type { KnownBlock, ModalView } from "@slack/types";
import { noWords, yesWords } from "../alert/answer-words.ts";
import { longestAnswer } from "../alert/boomerang.ts";
import { askingModal } from "../interact/dialog-blocks.ts";
import { plain } from "../slack/text/plain.ts";

/** Where the words of an answer stand in what Slack sends back. */
export const answerField = { block: "answer", action: "text" } as const;

/** Asks for the reason of a choice, or for an answer in one's own words. */
export function answerDialog(
  { askId, question }: { askId: string; question: string },
  choice: "yes" | "no" | null,
): ModalView {
  const label =
    choice === null ? "Your answer" : choice === "yes" ? `${yesWords}, because…` : `${noWords}, because…`;
  const blocks: KnownBlock[] = [
    { type: "section", block_id: "question", text: plain(question, 1000) },
    {
      type: "input",
      block_id: answerField.block,
      label: plain(label, 100),
      element: {
        type: "plain_text_input",
        action_id: answerField.action,
        multiline: true,
        max_length: longestAnswer,
        focus_on_load: true,
      },
    },
  ];
  return askingModal("Your answer", "Send", { memory: { dialog: "answer", askId, choice }, blocks });
}
