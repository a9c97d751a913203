import type { KnownBlock } from "@slack/types";

/** A part of a question as it can be drawn outside Slack. */
export type QuestionPart =
  | { kind: "heading" | "text" | "note"; text: string }
  | { kind: "buttons"; buttons: { label: string; danger: boolean }[] };

/** What the blocks of a question show, in order: a preview is read off the very message that is sent. */
export function readParts(blocks: readonly KnownBlock[]): QuestionPart[] {
  return blocks.flatMap((block): QuestionPart[] => {
    switch (block.type) {
      case "header":
        return [{ kind: "heading", text: block.text.text }];
      case "section":
        return block.text ? [{ kind: "text", text: block.text.text }] : [];
      case "context":
        return block.elements.flatMap((one) => ("text" in one ? [{ kind: "note", text: one.text }] : []));
      case "actions":
        return [{ kind: "buttons", buttons: block.elements.flatMap(button) }];
      default:
        return [];
    }
  });
}

function button(element: Extract<KnownBlock, { type: "actions" }>["elements"][number]) {
  if (element.type !== "button") return [];
  return [{ label: element.text.text, danger: element.style === "danger" }];
}
