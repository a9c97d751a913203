import type { RichTextBlock } from "@slack/types";
import { boundary } from "../../text/text.ts";

/** Slack documents 3,000 characters for a text; one block to copy from may be made of several. */
const longestElement = 3000;

/** Text as it is, in one block that can be copied from. */
export function preformatted(text: string): RichTextBlock {
  const elements: { type: "text"; text: string }[] = [];
  for (let from = 0; from < text.length || elements.length === 0; ) {
    const end = boundary(text, from + longestElement);
    elements.push({ type: "text", text: text.slice(from, end) || "–" });
    from = end;
  }
  return { type: "rich_text", elements: [{ type: "rich_text_preformatted", elements }] };
}
