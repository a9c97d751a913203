import { createHash } from "node:crypto";
import { sql } from "kysely";
import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import type { Deps } from "../../api/deps.ts";
import { transaction } from "../../db/transaction.ts";
import { auditAndNotify } from "../../people/audit-log/audit.ts";
import type { Principal } from "../../people/principal.ts";
import { transactionAs } from "../../people/transaction-as.ts";
import type { IngestResult } from "../contract.ts";
import type { KnownSource } from "../door/doorkeeper.ts";
import { pickItems, readReports } from "../parse-body.ts";
import { readSource } from "../source-keys.ts";
import { findSourceKind } from "../source-kinds.ts";
import { inTurns } from "../steps.ts";
import { submit } from "../submit-reports.ts";
import { afterReplay, bodyOutcome, reportsToTake } from "./kept-body.ts";
import { type KeptRow, noBody, readBody } from "./read-bodies.ts";
import { redactSecrets } from "./redact-secrets.ts";

type ReplayDeps = Pick<Deps, "db" | "intake" | "clock" | "expressions">;

/** Reports that a replay tried: each was taken now, or is refused still. */
export interface Replayed {
  results: IngestResult[];
}

/** Takes the reports of one body that were refused, with the source's settings of now, and says so in the audit log. */
export async function replayBody(
  deps: ReplayDeps,
  { sourceId, id }: { sourceId: string; id: string },
  by: Principal,
): Promise<Replayed | Refusal> {
  const known = await sourceToReplay(deps, sourceId, by);
  if (isRefusal(known)) return known;
  const replayed = await replayOne(deps, known, id);
  if (!isRefusal(replayed))
    await auditReplay(deps, by, { sourceId, data: { body: id, ...countsOf(replayed.results) } });
  return replayed;
}

/** Bodies that one call replays. */
const bodiesAtOnce = 50;

export interface ReplayedMany {
  taken: number;
  stillRefused: number;
  /** The last body that was looked at, if there may be more. */
  next: string | null;
}

/** Does the same with the source's bodies that have refused reports, the oldest first, after the one with the id `after`. */
export async function replayBodies(
  deps: ReplayDeps,
  { sourceId, after }: { sourceId: string; after: string | null },
  by: Principal,
): Promise<ReplayedMany | Refusal> {
  const known = await sourceToReplay(deps, sourceId, by);
  if (isRefusal(known)) return known;
  const { rows } = await sql<{ id: string }>`
    select id from source_bodies where source_id = ${sourceId} and outcome <> 'taken' and position('x' in outcomes) > 0
      and ${after === null ? sql`true` : sql`id > ${after}`}
    order by id limit ${bodiesAtOnce}`.execute(deps.db.kysely);
  const results: IngestResult[] = [];
  for (const { id } of rows) {
    const replayed = await replayOne(deps, known, id);
    if (!isRefusal(replayed)) results.push(...replayed.results);
  }
  const counts = countsOf(results);
  if (rows.length > 0) await auditReplay(deps, by, { sourceId, data: { bodies: rows.length, ...counts } });
  return { ...counts, next: rows.length === bodiesAtOnce ? (rows.at(-1)?.id ?? null) : null };
}

function countsOf(results: readonly IngestResult[]): { taken: number; stillRefused: number } {
  const stillRefused = results.filter(({ outcome }) => outcome === "invalid").length;
  return { taken: results.length - stillRefused, stillRefused };
}

function sourceToReplay({ db }: ReplayDeps, sourceId: string, by: Principal): Promise<KnownSource | Refusal> {
  return transactionAs(db, by, "Manage Sources", async () => {
    const source = (await readSource(db, sourceId, new Date()))?.source;
    const kind = source && findSourceKind(source.kind);
    return kind ? { source, kind } : noSource;
  });
}

const noSource: Refusal = {
  refused: "not_found",
  why: "There is no such source, or it has no key. Create a key, then replay.",
};

const cannotTell: Refusal = {
  refused: "conflict",
  why: "The body is now read as another number of reports, so that Tocsin can't tell which of them were taken before. Let the tool send it again.",
};

/**
 * The request carries an Idempotency-Key of its own, so that of two replays at the same time, or one after a crash, the
 * second changes nothing.
 */
async function replayOne(deps: ReplayDeps, known: KnownSource, id: string): Promise<Replayed | Refusal> {
  const found = await readBody(deps.db.kysely, { sourceId: known.source.id, id });
  if (!found?.raw) return noBody;
  const { row, raw } = found;
  const opened = { body: raw, isEnvelope: false, eventId: null, refused: null };
  const read = await inTurns(readReports(known, opened));
  const { items } = await pickItems(deps.expressions, known, read);
  const indexes = reportsToTake(row.outcomes, items.length);
  if (!indexes) return cannotTell;
  const tried = indexes.flatMap((index) => items[index] ?? []);
  const idempotency = {
    key: `replay ${id} ${row.replays}`,
    bodyHash: createHash("sha256").update(indexes.join()).digest(),
  };
  const submitted = await submit(deps, tried, { source: known.source, idempotency });
  const results = submitted.map((result) => ({ ...result, index: indexes[result.index] ?? result.index }));
  await writeReplay(deps, row, { now: items.length, results });
  return { results };
}

async function writeReplay(
  { db, clock }: ReplayDeps,
  row: KeptRow,
  { now, results: tried }: { now: number; results: IngestResult[] },
): Promise<void> {
  const { outcomes, results } = afterReplay(row, now, tried);
  await db.kysely
    .updateTable("source_bodies")
    .set({ outcomes, outcome: bodyOutcome(outcomes), results: redactSecrets(JSON.stringify(results)) })
    .set({ replays: row.replays + 1, replayed_at: clock() })
    .where("id", "=", row.id)
    .where("replays", "=", row.replays)
    .execute();
}

function auditReplay(
  { db }: ReplayDeps,
  by: Principal,
  { sourceId, data }: { sourceId: string; data: Record<string, unknown> },
): Promise<void> {
  const target = { type: "source", id: sourceId } as const;
  return transaction(db, (tx) =>
    auditAndNotify(tx, by, { what: "sources", action: "source.body_replayed", target, changes: null, data }),
  );
}
