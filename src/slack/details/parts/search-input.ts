import type { InputBlock } from "@slack/types";
import { plain } from "../../text/plain.ts";

/** The name of what was typed, in what Slack sends back. */
export const searchAction = "query";

export const longestQuery = 100;

/** Where one looks for a path or a value. The dialog's submit button says Search; an emptied one shows all again. */
export function searchInput(query: string): InputBlock {
  return {
    type: "input",
    // A client keeps what was typed as long as the id is the same: leaving the results empties it.
    block_id: query ? "search:found" : "search",
    optional: true,
    label: plain("Find a field or a value", 100),
    element: {
      type: "plain_text_input",
      action_id: searchAction,
      max_length: longestQuery,
      placeholder: plain("user.email, or 203.0.113.7", 150),
      ...(query && { initial_value: query }),
    },
  };
}
