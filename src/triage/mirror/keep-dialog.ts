import type { ModalView } from "@slack/types";
import { plain } from "../../slack/text/plain.ts";
import { show } from "../../slack/text/show.ts";
import type { Memory } from "../../interact/memory.ts";
import { askingModal } from "../../interact/dialog-blocks.ts";

/** Where the number stands in what Slack sends back. */
export const numberField = { block: "number", action: "text" } as const;

/** Asks with which alert a message is to be kept, and shows what would be kept. */
export function keepDialog(memory: Extract<Memory, { dialog: "keep" }>): ModalView {
  const kept = [{ type: "text" as const, text: show(memory.text, 1500) || "–" }];
  return askingModal("Add to alert", "Add", {
    memory,
    blocks: [
      {
        type: "input",
        block_id: numberField.block,
        label: plain("Number of the alert", 100),
        element: {
          type: "plain_text_input",
          action_id: numberField.action,
          max_length: 20,
          focus_on_load: true,
          placeholder: plain("As on its card: #1042", 150),
        },
      },
      { type: "section", block_id: "about", text: plain("This becomes a comment:", 100) },
      { type: "rich_text", elements: [{ type: "rich_text_preformatted", elements: kept }] },
    ],
  });
}
