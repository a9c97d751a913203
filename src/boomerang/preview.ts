import type { KnownBlock } from "@slack/types";
import type { Form } from "../interact/dialog.ts";
import { plain } from "../slack/text/text.ts";
import { drawQuestion, type QuestionView } from "./draw-question.ts";

/** A part of a question, for a preview outside Slack. */
type QuestionPart =
  | { kind: "heading" | "text" | "note"; text: string }
  | { kind: "buttons"; buttons: { label: string; danger: boolean }[] };

/** The parts that a question's blocks show, in order. Reading the blocks keeps the preview equal to the message. */
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

/** Draws the dialog that shows the question as the recipients will see it. */
export function previewForm(view: Omit<QuestionView, "askId">, to: readonly string[]): Form {
  const names = new Intl.ListFormat("en-GB").format(to);
  const blocks = [
    { type: "context" as const, block_id: "to", elements: [plain(`This is what ${names} will see:`, 500)] },
    { type: "divider" as const },
    ...drawQuestion({ ...view, askId: "preview" }).blocks,
  ];
  return { title: "Preview", submit: "Send", close: "Back", blocks };
}
