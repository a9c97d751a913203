import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Severity } from "../alert/alert.ts";
import type { Expressions } from "../alert/expressions.ts";
import { keepBodiesDays } from "../alert/keeping.ts";
import type { Refusal } from "../alert/refusal.ts";
import type { ResolvePolicy } from "../alert/report.ts";
import type { Rate } from "../api/rate-limits.ts";
import type { Database } from "../db/connect.ts";
import { refuseDuplicate } from "../db/refuse-duplicate.ts";
import type { Tables } from "../db/tables/tables.ts";
import type { Transaction } from "../db/transaction.ts";
import { auditAndNotify } from "../people/audit-log/audit.ts";
import { changesBetween, wantedChanges } from "../people/audit-log/changes.ts";
import { hashSecret, makeSecret, type Principal } from "../people/principal.ts";
import { transactionAs } from "../people/transaction-as.ts";
import { sourceKeyPurpose, type Vault } from "../secrets/vault.ts";
import { findSourceKind } from "./source-kinds.ts";

/** A tool that sends reports, with what may be shown of its valid keys. */
export interface Source {
  id: string;
  kind: string;
  name: string;
  defaultSeverity: Severity;
  severityWords: Record<string, Severity>;
  resolves: ResolvePolicy;
  /** How many different reports open an alert again that a person closed; null: none. */
  reopenAfter: number | null;
  attention: Attention;
  /** Kept bodies with refused reports. */
  refusedBodies: number;
  /** How many reports it may send. */
  rateLimit: Rate;
  /** Paths in the context that cards of alerts with the same title show; empty for what differs. */
  cardFields: string[];
  /** What it picks from its reports; null for what its kind does. */
  expressions: Expressions | null;
  keys: SourceKey[];
  lastReceivedAt: Date | null;
  createdAt: Date;
}

/** When Tocsin raises an alert about the source itself. */
export interface Attention {
  noData: boolean;
  noDataHours: number;
  unreadable: boolean;
}

interface SourceKey {
  id: string;
  /** The last four characters. */
  hint: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

export const sourceNotFound: Refusal = { refused: "not_found", why: "There is no such source." };

function sourceNameTaken(name: string): Refusal {
  return {
    refused: "conflict",
    field: "name",
    why: `There is already a source with the name "${name}". Choose another name.`,
  };
}

/** One source, or a page of at most `limit` sources in the order of creation. */
type SourceSelector = { id: string } | { after: string | null; limit: number };

/** Reads sources that are not deleted. */
export async function readSources(db: Kysely<Tables>, which: SourceSelector): Promise<Source[]> {
  const rows = await sourceRows(db, which);
  if (rows.length === 0) return [];
  const keys = Map.groupBy(
    await keyRows(
      db,
      rows.map(({ id }) => id),
    ),
    (key) => key.sourceId,
  );
  return rows.map(({ perSecond, burst, noData, noDataHours, unreadable, ...row }) => ({
    ...row,
    rateLimit: { perSecond, burst },
    attention: { noData, noDataHours, unreadable },
    keys: (keys.get(row.id) ?? []).map(({ sourceId: _, ...key }) => key),
  }));
}

const refusedBodies = sql<number>`(select count(*)::int from (select from source_bodies b
  where b.source_id = sources.id and position('x' in b.outcomes) > 0
    and b.last_at > now() - make_interval(days => ${keepBodiesDays}) limit 1000) refused)`;

function sourceRows(db: Kysely<Tables>, which: SourceSelector) {
  const sources = db
    .selectFrom("sources")
    .select(["id", "kind", "name", "default_severity as defaultSeverity", "resolves", "expressions"])
    .select("reopen_after as reopenAfter")
    .select(["severity_words as severityWords", "reports_per_second as perSecond", "report_burst as burst"])
    .select("card_fields as cardFields")
    .select(["no_data_alert as noData", "no_data_hours as noDataHours", "unreadable_alert as unreadable"])
    .select(refusedBodies.as("refusedBodies"))
    .select(["last_received_at as lastReceivedAt", "created_at as createdAt"])
    .where("deleted_at", "is", null);
  if ("id" in which) return sources.where("id", "=", which.id).execute();
  const page = which.after ? sources.where("id", ">", which.after) : sources;
  return page.orderBy("id").limit(which.limit).execute();
}

function keyRows(db: Kysely<Tables>, sourceIds: string[]) {
  return db
    .selectFrom("source_keys")
    .select(["id", "source_id as sourceId", "hint", "created_at as createdAt", "last_used_at as lastUsedAt"])
    .where("source_id", "in", sourceIds)
    .where("revoked_at", "is", null)
    .orderBy("id")
    .execute();
}

/** The fields of a source that can change. Missing fields stay as they are. */
type SourceChange = Partial<Omit<NewSource, "kind">>;

/** Changes a source. Existing alerts stay as they are. */
export function changeSource(
  db: Database,
  { id, change }: { id: string; change: SourceChange },
  by: Principal,
): Promise<Source | Refusal> {
  const update = () =>
    transactionAs(db, by, "Manage Sources", async (tx) => {
      const [before] = await readSources(tx, { id });
      await tx
        .updateTable("sources")
        // Also sets `id`, because an update without columns is invalid SQL.
        .set({ id, ...columnsOf(change) })
        .where("id", "=", id)
        .where("deleted_at", "is", null)
        .execute();
      const [source] = await readSources(tx, { id });
      if (!before || !source) return sourceNotFound;
      const target = { type: "source", id } as const;
      const changes = changesBetween({ ...before }, change);
      await auditAndNotify(tx, by, { what: "sources", action: "source.changed", target, changes });
      return source;
    });
  return refuseDuplicate("sources_name", sourceNameTaken(change.name ?? ""), update);
}

interface NewSource {
  kind: string;
  name: string;
  defaultSeverity?: Severity | undefined;
  severityWords?: Record<string, Severity> | undefined;
  resolves?: ResolvePolicy | undefined;
  reopenAfter?: number | null | undefined;
  rateLimit?: Rate | undefined;
  cardFields?: string[] | undefined;
  attention?: { [Field in keyof Attention]?: Attention[Field] | undefined } | undefined;
  expressions?: Expressions | null | undefined;
}

function columnsOf(values: SourceChange) {
  const { name, resolves, rateLimit, severityWords, expressions, attention = {} } = values;
  return {
    ...{ name, resolves, default_severity: values.defaultSeverity, card_fields: values.cardFields },
    reopen_after: values.reopenAfter,
    ...{ reports_per_second: rateLimit?.perSecond, report_burst: rateLimit?.burst },
    severity_words: severityWords && JSON.stringify(severityWords),
    expressions: expressions && JSON.stringify(expressions),
    no_data_alert: attention.noData,
    no_data_hours: attention.noDataHours,
    unreadable_alert: attention.unreadable,
  };
}

/** Creates a source with its first key. Only this response contains the key. */
export function createSource(
  db: Database,
  { vault, ...values }: NewSource & { vault: Vault },
  by: Principal,
): Promise<(Source & { key: string }) | Refusal> {
  const { kind, name } = values;
  const id = uuidv7();
  const create = () =>
    transactionAs(db, by, "Manage Sources", async (tx) => {
      await tx
        .insertInto("sources")
        .values({ id, kind, ...columnsOf(values), name })
        .execute();
      const { key } = await insertKey(tx, { id, kind }, vault);
      const target = { type: "source", id } as const;
      const changes = wantedChanges({ ...values });
      await auditAndNotify(tx, by, { what: "sources", action: "source.created", target, changes });
      const [source] = await readSources(tx, { id });
      if (!source) throw new Error(`Source ${id} was inserted but can't be read`);
      return { ...source, key };
    });
  return refuseDuplicate("sources_name", sourceNameTaken(name), create);
}

/** Deletes a source with its kept bodies, and revokes its keys. Its alerts remain and still name it. */
export function deleteSource(db: Database, id: string, by: Principal): Promise<Refusal | null> {
  return transactionAs(db, by, "Manage Sources", async (tx) => {
    const deleted = await tx
      .updateTable("sources")
      .set({ deleted_at: sql`now()` })
      .where("id", "=", id)
      .where("deleted_at", "is", null)
      .returning("id")
      .executeTakeFirst();
    if (!deleted) return sourceNotFound;
    await tx
      .updateTable("source_keys")
      .set({ revoked_at: sql`now()` })
      .where("source_id", "=", id)
      .where("revoked_at", "is", null)
      .execute();
    await tx.deleteFrom("source_bodies").where("source_id", "=", id).execute();
    const target = { type: "source", id } as const;
    await auditAndNotify(tx, by, { what: "sources", action: "source.deleted", target, changes: null });
    return null;
  });
}

/** A new key. `key` itself is not shown again. */
export interface NewKey {
  id: string;
  key: string;
  hint: string;
}

/** Creates a key of a source. Only its hash is stored, unless the tool signs with it. */
export async function insertKey(
  tx: Transaction,
  source: { id: string; kind: string },
  vault: Vault,
): Promise<NewKey> {
  const key = makeSecret("tsk_");
  const made = { id: uuidv7(), key, hint: key.slice(-4) };
  const { id, hint } = made;
  const sealed = findSourceKind(source.kind)?.signature ? vault.seal(key, sourceKeyPurpose(id)) : null;
  await tx
    .insertInto("source_keys")
    .values({ id, source_id: source.id, key_hash: hashSecret(key), hint, sealed })
    .execute();
  return made;
}
