import type { Database } from "../../db/connect.ts";
import { groupCommit } from "../group-commit.ts";
import type { Receipt } from "../ingest-request.ts";
import { type BodyRow, keepBodies, toRow, trimBodies } from "./keep-bodies.ts";

/** Keeps bodies within the limits. */
export interface BodyKeeper {
  /** Resolves once the body is kept. */
  keep(receipt: Receipt, at: Date): Promise<void>;
  /** Keeps the body later, if no newer one of its source comes before. */
  keepNewest(receipt: Receipt, at: Date): void;
  /** Writes the newest bodies that are due, or all. Returns whether there were any. */
  write(all: boolean): Promise<boolean>;
}

/** The newest body of a source is written as often as this. */
const newestEveryMs = 5000;
const maxBytesPerGroup = 4_000_000;
/** Looking for what is over the limits takes a while in a full table. */
const trimEveryMs = 30_000;
const rowsPerTrim = 20;
/** After so many bytes it is done at once. */
const bytesPerTrim = 10_000_000;

export function openBodyKeeper(db: Database): BodyKeeper {
  const newest = new Map<string, { receipt: Receipt; at: Date }>();
  const writtenAt = new Map<string, number>();
  let trimmedAt = 0;
  let untrimmed = { rows: 0, bytes: 0 };

  async function write(rows: BodyRow[]): Promise<true[]> {
    await keepBodies(db, rows);
    const bytes = rows.reduce((sum, { size }) => sum + size, 0);
    untrimmed = { rows: untrimmed.rows + rows.length, bytes: untrimmed.bytes + bytes };
    return rows.map(() => true);
  }

  async function trim(): Promise<void> {
    untrimmed = { rows: 0, bytes: 0 };
    trimmedAt = performance.now();
    await trimBodies(db);
  }

  const keeping = groupCommit([write], {
    maxWeight: maxBytesPerGroup,
    weight: ({ size }) => size,
    isBadData: () => false,
  });
  return {
    keep: async (receipt, at) => void (await keeping.submit(await toRow(receipt, at))),
    keepNewest: (receipt, at) => void newest.set(receipt.sourceId, { receipt, at }),
    async write(all) {
      const now = performance.now();
      const isDue = (id: string) => all || now - (writtenAt.get(id) ?? -newestEveryMs) >= newestEveryMs;
      const due = [...newest].filter(([id]) => isDue(id));
      for (const [id] of due) {
        newest.delete(id);
        writtenAt.set(id, now);
      }
      await write(await Promise.all(due.map(([, { receipt, at }]) => toRow(receipt, at))));
      const isOften = now - trimmedAt >= trimEveryMs && untrimmed.rows >= rowsPerTrim;
      if ((all && untrimmed.rows > 0) || isOften || untrimmed.bytes >= bytesPerTrim) await trim();
      return due.length > 0;
    },
  };
}
