import type { ContextBlock } from "@slack/types";
import type { Alert } from "../../../alert/alert.ts";
import { severityDot } from "../../text/alert-text.ts";
import { title } from "../../card/parts/title.ts";
import { plain } from "../../text/plain.ts";

/** Which alert a dialog is about: `🔴 HIGH · Impossible travel for eve@acme.example`. */
export function alertLine(alert: Alert): ContextBlock {
  const line = `${severityDot[alert.severity]} ${alert.severity} · ${title(alert, 300)}`;
  return { type: "context", block_id: "what", elements: [plain(line, 400)] };
}
