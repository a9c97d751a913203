import type { InputBlock } from "@slack/types";
import { plain } from "../text/plain.ts";

/** Where a dialog's comment stands in what Slack sends back: `values[block][action]`. */
export const commentField = { block: "comment", action: "text" } as const;

export const longestComment = 1000;

export function commentInput(label: string, need: "optional" | "required"): InputBlock {
  return {
    type: "input",
    block_id: commentField.block,
    optional: need === "optional",
    label: plain(label, 100),
    element: {
      type: "plain_text_input",
      action_id: commentField.action,
      multiline: true,
      max_length: longestComment,
      focus_on_load: true,
      placeholder: plain("Kept in the history of the alert", 150),
    },
  };
}
