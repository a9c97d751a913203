import type { DividerBlock, RichTextBlock, RichTextText } from "@slack/types";
import { oneLine } from "../../text/one-line.ts";
import { pathOf } from "../json/path-of.ts";
import { tellingKinds, tellingValues } from "../../../triage/details/telling-values.ts";
import type { JsonNode } from "../json/walk.ts";
import type { Part } from "../../../triage/details/details-blocks.ts";

/** Who and what the alert is about, a line for each kind; nothing where it names none. */
export function tellingLines(parts: readonly Part[]): (RichTextBlock | DividerBlock)[] {
  const found = tellingValues(parts);
  const kinds = tellingKinds.filter((kind) => found[kind].length > 0);
  const elements = kinds.flatMap((kind) => [bold(kind), text(`${found[kind].map(named).join(", ")}\n`)]);
  return elements.length > 0
    ? [
        { type: "rich_text", block_id: "telling", elements: [{ type: "rich_text_section", elements }] },
        { type: "divider" },
      ]
    : [];
}

function named(node: JsonNode): string {
  const path = oneLine(pathOf(node), 60);
  const value = oneLine(String(node.value), 100);
  return path ? `${value} (${path})` : value;
}

function bold(words: string): RichTextText {
  return { ...text(`${words}  `), style: { bold: true } };
}

function text(words: string): RichTextText {
  return { type: "text", text: words };
}
