import type { ModalView } from "@slack/types";
import type { Alert } from "../../alert/alert.ts";
import { commentInput } from "./comment-input.ts";
import type { Memory } from "../../interact/memory.ts";
import { alertLine } from "./parts/alert-line.ts";
import { askingModal } from "../../interact/dialog-blocks.ts";

/** Asks for a comment before an alert becomes Resolved or Invalid, as `memory.to` says. */
export function closeDialog(
  alert: Alert,
  memory: Extract<Memory, { dialog: "close" }>,
  comment: "optional" | "required",
): ModalView {
  const verb = memory.to === "RESOLVED" ? "Resolve" : "Call Invalid";
  const blocks = [alertLine(alert), commentInput("What did you find?", comment)];
  return askingModal(`${verb} #${alert.number}`, verb, { memory, blocks });
}
