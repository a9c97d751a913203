import type { ModalView } from "@slack/types";
import type { Memory } from "../../interact/memory.ts";
import { askingModal } from "../../interact/dialog-blocks.ts";
import { plain } from "../text/plain.ts";
import type { QuestionView } from "./question-view.ts";
import { renderQuestion } from "../../boomerang/draw-question.ts";

/** Shows exactly what those who are asked will see. Submitting it sends; going back changes it. */
export function previewDialog(
  view: Omit<QuestionView, "askId">,
  { to, memory }: { to: readonly string[]; memory: Extract<Memory, { dialog: "ask-preview" }> },
): ModalView {
  const names = new Intl.ListFormat("en-GB").format(to);
  const blocks = [
    { type: "context" as const, block_id: "to", elements: [plain(`${names} will see exactly this:`, 500)] },
    { type: "divider" as const },
    ...renderQuestion({ ...view, askId: "preview" }).blocks,
  ];
  return { ...askingModal("Preview", "Send", { memory, blocks }), close: plain("Back", 24) };
}
