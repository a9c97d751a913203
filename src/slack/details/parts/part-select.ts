import type { ActionsBlock, PlainTextOption } from "@slack/types";
import { plain } from "../../text/plain.ts";
import type { Part } from "../../../triage/details/details-blocks.ts";

/** Chooses which part is shown. Among search results none is, and choosing leads back. */
export function partSelect(parts: readonly Part[], chosen: Part | null): ActionsBlock {
  return {
    type: "actions",
    block_id: `part:${chosen?.id ?? "none"}`,
    elements: [
      {
        type: "static_select",
        action_id: "part",
        placeholder: plain("Back to…", 150),
        options: parts.map(option),
        ...(chosen && { initial_option: option(chosen) }),
      },
    ],
  };
}

function option({ label, id }: Part): PlainTextOption {
  return { text: plain(label, 75), value: id };
}
