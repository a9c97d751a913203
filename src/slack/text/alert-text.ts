import type { Alert, Severity } from "../../alert/alert.ts";
import { oneLine } from "./text.ts";

/** Colour for the quick eye; the word always stands beside it. */
export const severityDot: Record<Severity, string> = {
  CRITICAL: "🟣",
  HIGH: "🔴",
  MEDIUM: "🟠",
  LOW: "🟡",
  INFO: "🔵",
};

/** The block that calls people: a plainer card keeps it. */
export const mentionBlockId = "mention";

/** The alert's title on one line; a title of nothing but blanks still gets a name. */
export function title(alert: Pick<Alert, "title">, limit: number): string {
  return oneLine(alert.title, limit) || "(no title)";
}
