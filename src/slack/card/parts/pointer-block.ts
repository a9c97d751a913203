import type { SectionBlock } from "@slack/types";
import { webLink } from "../../text/addresses.ts";
import { plain } from "../../text/plain.ts";

const longest = 300;

/** A runbook or reference: a link when it is an address as a whole, else its first words as inert text. */
export function pointerBlock(label: "Runbook" | "Reference", text: string): SectionBlock {
  const link = webLink(text);
  const block_id = label.toLowerCase();
  if (!link) {
    // A list of steps begins on its own line.
    const gap = text.trim().includes("\n") ? "\n" : " ";
    return { type: "section", block_id, text: plain(`${label}:${gap}${text.trim()}`, longest) };
  }
  return { type: "section", block_id, text: { type: "mrkdwn", text: `*${label}:* ${link}`, verbatim: true } };
}
