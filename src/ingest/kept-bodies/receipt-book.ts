import { sql } from "kysely";
import type { Logger } from "pino";
import { openRateLimits, type Rate } from "../../api/rate-limits.ts";
import type { Database } from "../../db/connect.ts";
import { notify } from "../../db/notify.ts";
import type { Receipt } from "../ingest-request.ts";
import { bodyOutcome, outcomeLetters } from "./kept-body.ts";
import { openBodyKeeper } from "./open-body-keeper.ts";

/** Records what sources send: when, and the bodies that are kept. */
export interface ReceiptBook {
  /**
   * Notes a body that was read. Resolves once a body that was not understood as a whole is kept; anything else is written
   * later. A fault is logged: it must not change the answer, as the reports are committed.
   */
  record(receipt: Receipt): Promise<void>;
  /** Writes what has been noted so far. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

const writeEveryMs = 1000;
/** What was taken with warnings is in its alerts as well, so of a flood of such bodies some are enough. */
const warnedRate: Rate = { perSecond: 10, burst: 100 };

interface Options {
  clock: () => Date;
  log: Pick<Logger, "warn">;
}

/**
 * Writes once a second, outside of the intake transactions, which would wait for each other if each of them updated the
 * row of its source.
 */
export function openReceiptBook(db: Database, { clock, log }: Options): ReceiptBook {
  const counts = new Map<string, Counts>();
  const bodies = openBodyKeeper(db);
  const warned = openRateLimits();

  async function keep(receipt: Receipt, at: Date): Promise<void> {
    try {
      await bodies.keep(receipt, at);
      await notify(db.kysely, { settings: "sources" });
    } catch (fault) {
      log.warn({ err: fault, source: receipt.sourceId }, "a body could not be kept");
    }
  }

  async function write(all: boolean): Promise<void> {
    const entries = [...counts.values()];
    counts.clear();
    if (entries.length > 0) await writeCounts(db, entries);
    const kept = await bodies.write(all);
    if (entries.length > 0 || kept) await notify(db.kysely, { settings: "sources" });
  }

  let running: Promise<void> = Promise.resolve();
  const run = (all: boolean) => {
    running = running
      .then(() => write(all))
      .catch((fault: unknown) => log.warn({ err: fault }, "what sources sent last could not be written"));
    return running;
  };
  const timer = setInterval(() => void run(false), writeEveryMs);
  return {
    async record(receipt) {
      const { sourceId, results } = receipt;
      const at = clock();
      const outcomes = outcomeLetters(results);
      const outcome = bodyOutcome(outcomes);
      count(counts, { sourceId, isTaken: outcome !== "refused", at });
      // Sent again under its Idempotency-Key: the first time counts.
      if (results.some((result) => result.outcome === "duplicate")) return;
      const hasRefused = outcomes === "" || outcomes.includes("x");
      if (!hasRefused && (outcome === "taken" || warned.wait(sourceId, warnedRate, at) > 0))
        return bodies.keepNewest(receipt, at);
      if (!hasRefused) warned.take(sourceId, warnedRate, at);
      await keep(receipt, at);
    },
    flush: () => run(true),
    async close() {
      clearInterval(timer);
      await run(true);
    },
  };
}

/** What a source sent since the last write. */
interface Counts {
  sourceId: string;
  taken: number;
  refused: number;
  lastAt: Date;
  /** Null if nothing was taken. */
  lastTakenAt: Date | null;
}

function count(
  counts: Map<string, Counts>,
  { sourceId, isTaken, at }: { sourceId: string; isTaken: boolean; at: Date },
): void {
  const known = counts.get(sourceId) ?? { sourceId, taken: 0, refused: 0, lastAt: at, lastTakenAt: null };
  const taken = { taken: known.taken + 1, lastTakenAt: at };
  counts.set(sourceId, { ...known, lastAt: at, ...(isTaken ? taken : { refused: known.refused + 1 }) });
}

/** For each source when its last report was taken, and how many bodies came within ten minutes. */
async function writeCounts(db: Database, counts: Counts[]): Promise<void> {
  await sql`
    with new as (select * from unnest(${counts.map(({ sourceId }) => sourceId)}::uuid[],
      ${counts.map(({ taken }) => taken)}::int[], ${counts.map(({ refused }) => refused)}::int[],
      ${counts.map(({ lastAt }) => lastAt)}::timestamptz[],
      ${counts.map(({ lastTakenAt }) => lastTakenAt)}::timestamptz[])
      as n(source_id, taken, refused, last_at, last_taken_at)),
    counted as (
      insert into source_activity as a (source_id, at, taken, refused, last_at)
      select source_id, date_bin('10 minutes', last_at, 'epoch'), taken, refused, last_at from new order by source_id
      on conflict (source_id, at) do update set taken = a.taken + excluded.taken,
        refused = a.refused + excluded.refused, last_at = greatest(a.last_at, excluded.last_at))
    update sources s set last_received_at = greatest(s.last_received_at, n.last_taken_at)
    from new n where s.id = n.source_id and n.last_taken_at is not null`.execute(db.kysely);
}
