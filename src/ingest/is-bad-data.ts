import pg from "pg";

/** SQLSTATE classes that blame the data: data exception, constraint violation, and program limits. */
const blamingData = ["22", "23", "54"];

/** Whether the database refused what it was given, so that the same again would fail again. */
export function isBadData(fault: unknown): boolean {
  return fault instanceof pg.DatabaseError && blamingData.includes((fault.code ?? "").slice(0, 2));
}
