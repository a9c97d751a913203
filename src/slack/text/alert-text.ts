import type { Alert, Severity } from "../../alert/alert.ts";
import { oneLine } from "./text.ts";

/** Shown before the severity's word. */
export const severityDot: Record<Severity, string> = {
  CRITICAL: "🟣",
  HIGH: "🔴",
  MEDIUM: "🟠",
  LOW: "🟡",
  INFO: "🔵",
};

/** The block that mentions people; every draw step keeps it. */
export const mentionBlockId = "mention";

/** The alert's title on one line, cut to `limit` UTF-16 units; “(no title)” if it is blank. */
export function title(alert: Pick<Alert, "title">, limit: number): string {
  return oneLine(alert.title, limit) || "(no title)";
}
