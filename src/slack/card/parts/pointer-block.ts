import type { SectionBlock } from "@slack/types";
import { webLink } from "../../text/address/web-link.ts";
import { plain } from "../../text/plain.ts";

const longest = 300;

/** A runbook or reference: a link when it is an address as a whole, else its first words as inert text. */
export function pointerBlock(label: "Runbook" | "Reference", text: string): SectionBlock {
  const link = webLink(text);
  const block_id = label.toLowerCase();
  if (!link) return { type: "section", block_id, text: plain(`${label}: ${text}`, longest) };
  return { type: "section", block_id, text: { type: "mrkdwn", text: `*${label}:* ${link}`, verbatim: true } };
}
