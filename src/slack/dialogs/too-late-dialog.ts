import type { ModalView } from "@slack/types";
import type { Alert } from "../../alert/alert.ts";
import { statusWords } from "../../alert/status.ts";
import { clockTime } from "../text/clock-time.ts";
import { oneLine } from "../text/one-line.ts";
import { infoDialog } from "./info-dialog.ts";

/** Tells whoever answered a dialog what somebody else has done meanwhile, and gives the comment back. */
export function tooLateDialog(
  alert: Alert,
  at: { timezone: string; now: Date },
  typed: string | null,
): ModalView {
  const { number, status, statusSet } = alert;
  const word = statusWords[status];
  const kept = typed?.trim()
    ? " Nothing was changed; your comment is below if you want to keep it."
    : " Nothing was changed.";
  const comment = oneLine(statusSet?.comment ?? "", 300);
  const by = statusSet
    ? `${oneLine(statusSet.by.name, 80)} set #${number} to ${word} at ${clockTime(statusSet.at, at.timezone, at.now)}`
    : `#${number} is ${word} already`;
  const head = comment ? `${by}: ${comment}` : by;
  return infoDialog(
    `Already ${word.toLowerCase()}`,
    `${head}${/[.!?…]$/.test(head) ? "" : "."}${kept}`,
    typed,
  );
}
