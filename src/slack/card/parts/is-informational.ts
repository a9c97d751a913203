import type { Alert } from "../../../alert/alert.ts";

/** True for an INFO alert that nobody has touched: resolved from the start, and shown in full all the same. */
export function isInformational(alert: Alert): boolean {
  const bySystem = alert.statusSet === null || alert.statusSet.by.type === "system";
  return alert.severity === "INFO" && alert.status === "RESOLVED" && bySystem;
}
