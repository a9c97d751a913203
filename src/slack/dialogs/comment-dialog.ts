import type { ModalView } from "@slack/types";
import type { Alert } from "../../alert/alert.ts";
import { commentInput } from "./comment-input.ts";
import type { CardRef } from "../../interact/memory.ts";
import { alertLine } from "./parts/alert-line.ts";
import { askingModal } from "../../interact/dialog-blocks.ts";

/** Asks for a comment and changes nothing else. */
export function commentDialog(alert: Alert, card: CardRef): ModalView {
  const blocks = [alertLine(alert), commentInput("Comment", "required")];
  return askingModal(`Comment on #${alert.number}`, "Add", {
    memory: { ...card, dialog: "comment" },
    blocks,
  });
}
