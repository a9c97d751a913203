import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables/tables.ts";
import type { AuditEntryBody, AuditFilters } from "./contract.ts";
import { type EntryKey, type FoundRow, findRows, toEntryBody } from "./find-entries.ts";
import { recordOf } from "./record.ts";

type Format = "csv" | "jsonl";

export const exportTypes: Record<Format, string> = {
  csv: "text/csv; charset=utf-8",
  jsonl: "application/jsonl; charset=utf-8",
};

const batchSize = 500;

/**
 * The text of an export, a batch at a time: the next one is read when the one before has been taken, so that memory is
 * bounded. Entries that are written after the call are not in it.
 */
export async function exportEntries(
  db: Kysely<Tables>,
  { format, filters }: { format: Format; filters: AuditFilters },
): Promise<AsyncGenerator<string>> {
  const { rows } = await sql<{ now: Date }>`select now()`.execute(db);
  const now = rows[0]?.now.toISOString() ?? "";
  const before = filters.before !== undefined && filters.before < now ? filters.before : now;
  return batches(db, format, { ...filters, before });
}

async function* batches(db: Kysely<Tables>, format: Format, filters: AuditFilters): AsyncGenerator<string> {
  if (format === "csv") yield csvLine(csvColumns.map(({ head }) => head));
  let after: EntryKey | null = null;
  while (true) {
    const rows: FoundRow[] = await findRows(db, filters, { count: batchSize, ascending: true, after });
    if (rows.length > 0) yield rows.map(format === "csv" ? toCsvLine : toJsonLine).join("");
    const last = rows.at(-1);
    if (!last || rows.length < batchSize) return;
    after = [last.at, last.id];
  }
}

/** The record that is chained (docs/audit-log.md), and beside it what is not part of it. */
export function toJsonLine(row: FoundRow): string {
  const { sentence, chain } = toEntryBody(row);
  const line = { ...recordOf(row), sentence, chain: chain && { ...chain, previous: row.previous } };
  return `${JSON.stringify(line)}\n`;
}

const csvColumns: { head: string; of: (entry: AuditEntryBody) => unknown }[] = [
  { head: "time", of: ({ at }) => at },
  { head: "sentence", of: ({ sentence }) => sentence },
  { head: "actor type", of: ({ actor }) => actor.type },
  { head: "actor id", of: ({ actor }) => actor.id },
  { head: "actor name", of: ({ actor }) => actor.name },
  { head: "slack user", of: ({ slack }) => slack?.userId },
  { head: "slack team", of: ({ slack }) => slack?.teamId },
  { head: "action", of: ({ action }) => action },
  { head: "target type", of: ({ target }) => target?.type },
  { head: "target id", of: ({ target }) => target?.id },
  { head: "target name", of: ({ target }) => target?.name },
  { head: "outcome", of: ({ outcome }) => (outcome === "ok" ? "accepted" : "refused") },
  { head: "via", of: ({ via }) => via },
  { head: "address", of: ({ ip }) => ip },
  { head: "agent", of: ({ agent }) => agent },
  { head: "changes", of: ({ changes }) => JSON.stringify(changes) },
  { head: "data", of: ({ data }) => JSON.stringify(data) },
  { head: "id", of: ({ id }) => id },
  { head: "chain number", of: ({ chain }) => chain?.seq },
  { head: "chain hash", of: ({ chain }) => chain?.hash },
];

function toCsvLine(row: FoundRow): string {
  const entry = toEntryBody(row);
  return csvLine(csvColumns.map(({ of }) => of(entry)));
}

function csvLine(cells: unknown[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/**
 * A cell of CSV (RFC 4180). What a spreadsheet would take for a formula gets an apostrophe before it: names, addresses
 * and agents come from outside (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function csvCell(value: unknown): string {
  const text = value === null || value === undefined ? "" : String(value);
  const harmless = /^[\s]*[=+\-@|%\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
