import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { type Kysely, sql } from "kysely";
import type { Severity } from "../../alert/alert.ts";
import { keepBodiesDays } from "../../alert/keeping.ts";
import type { Refusal } from "../../alert/refusal.ts";
import type { BodyOutcome } from "../../alert/report.ts";
import type { Tables } from "../../db/tables/tables.ts";
import type { IngestResult } from "../contract.ts";
import { plainWord } from "../fields/read-fields.ts";

/** A kept body without its text. */
export interface KeptRow {
  id: string;
  outcome: BodyOutcome;
  outcomes: string;
  results: IngestResult[];
  firstAt: Date;
  lastAt: Date;
  times: number;
  bytes: number;
  contentType: string | null;
  replays: number;
  replayedAt: Date | null;
}

export const noBody: Refusal = {
  refused: "not_found",
  why: `There is no such body. Tocsin keeps bodies for ${keepBodiesDays} days, and drops the oldest when there are too many.`,
};

/** Bodies with such reports: refused ones, or ones that were taken with a warning. */
export const reportFilters = ["refused", "warned"] as const;
export type ReportFilter = (typeof reportFilters)[number];

const letters = { refused: "x", warned: "w" } satisfies Record<ReportFilter, string>;

interface Page {
  sourceId: string;
  /** Undefined for all. */
  reports: ReportFilter | undefined;
  /** The time and id of the last one that was read. */
  after: { at: string; id: string } | null;
  limit: number;
}

/** Bodies of a source, those that came last first. */
export async function readBodies(db: Kysely<Tables>, page: Page): Promise<KeptRow[]> {
  const { sourceId, reports, after, limit } = page;
  const { rows } = await sql<KeptRow>`
    select ${columns} from source_bodies where ${isKept(sourceId)}
      and ${reports ? sql`position(${letters[reports]} in outcomes) > 0` : sql`true`}
      and ${after ? sql`(last_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql`true`}
    order by last_at desc, id desc limit ${limit}`.execute(db);
  return rows;
}

/** One body of a source with its bytes; null if there is none. */
export async function readBody(
  db: Kysely<Tables>,
  { sourceId, id }: { sourceId: string; id: string },
): Promise<{ row: KeptRow; raw: Buffer | null } | null> {
  const { rows } = await sql<KeptRow & { body: Buffer | null }>`
    select ${columns}, body from source_bodies where ${isKept(sourceId)} and id = ${id}`.execute(db);
  const [found] = rows;
  if (!found) return null;
  const { body, ...row } = found;
  return { row, raw: body && (await decompress(body)) };
}

const shownWords = 20;
/** The newest bodies that are looked at: a source that sends such words sends them all the time. */
const bodiesWithWords = 1000;

/** Words for severities that Tocsin doesn't know and the source doesn't map, those that came last first. */
export async function readUnknownWords(
  db: Kysely<Tables>,
  { id, severityWords }: { id: string; severityWords: Record<string, Severity> },
): Promise<{ word: string; bodies: number; lastAt: Date }[]> {
  const { rows } = await sql<{ word: string; bodies: number; lastAt: Date }>`
    select word, sum(times)::int as bodies, max(last_at) as "lastAt"
    from (select unknown_words, times, last_at from source_bodies where ${isKept(id)} and unknown_words <> '{}'
      order by last_at desc limit ${bodiesWithWords}) b, unnest(unknown_words) as word
    group by word order by max(last_at) desc, word limit ${shownWords + Object.keys(severityWords).length}`.execute(
    db,
  );
  const known = new Set(Object.keys(severityWords).map(plainWord));
  return rows.filter(({ word }) => !known.has(plainWord(word))).slice(0, shownWords);
}

const decompress = promisify(gunzip);

const columns = sql`id, outcome, outcomes, results, first_at as "firstAt", last_at as "lastAt", times, bytes,
  content_type as "contentType", replays, replayed_at as "replayedAt"`;

/** The nightly sweep may not have been yet. */
function isKept(sourceId: string) {
  return sql`source_id = ${sourceId} and last_at > now() - make_interval(days => ${keepBodiesDays})`;
}
