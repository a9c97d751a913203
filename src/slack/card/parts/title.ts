import type { Alert } from "../../../alert/alert.ts";
import { oneLine } from "../../text/one-line.ts";

/** The alert's title on one line; a title of nothing but blanks still gets a name. */
export function title(alert: Pick<Alert, "title">, limit: number): string {
  return oneLine(alert.title, limit) || "(no title)";
}
