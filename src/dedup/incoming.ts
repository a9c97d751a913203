import { createHash } from "node:crypto";
import { type Actor, systemActor, type Via } from "../alert/alert.ts";
import type { DedupIdentity, Report, ResolvePolicy } from "../alert/report.ts";

/** The fields of a source that deduplication needs. */
export interface ReportingSource {
  id: string;
  name: string;
  resolves: ResolvePolicy;
  /** How many different reports open an alert again that a person closed; null: none. */
  reopenAfter: number | null;
}

/** A report of a batch, with its dedup key. */
export interface IncomingReport {
  source: ReportingSource;
  report: Report;
  key: Buffer;
  /** Its position in the batch. */
  arrival: number;
}

/** Consecutive reports with the same key, the same `says` and the same start, in order. */
export interface Group {
  key: string;
  items: [IncomingReport, ...IncomingReport[]];
  /** Opens an alert although a suppression exists for the detection: these reports are not covered by it. */
  ignoreSuppressions?: true;
}

/** The outcome of a report. */
export type ReportOutcome =
  | { outcome: "opened" | "joined" | "resolved"; alertId: string; number: number }
  | { outcome: "ignored"; alertId?: string; number?: number };

/** The actor of a report: its source, or Tocsin for its own reports. */
export function sourceActor(source: ReportingSource): Actor {
  if (source.id === ownSource.id) return systemActor;
  return { type: "source", id: source.id, name: source.name };
}

export function sourceVia(source: ReportingSource): Via {
  return source.id === ownSource.id ? "system" : "source";
}

const keyBytes = 16;

/** What repeats of a report have in common: the detection, or the dedup string if the tool names none. */
export function ruleOf({ detectionId, identity }: Pick<Report, "identity" | "detectionId">): string {
  return detectionId ?? (identity.kind === "named" ? identity.id : identity.dedupString);
}

/**
 * The key that equal reports share (docs/behaviour.md#3-dedup): source and the tool's own id of the alert,
 * otherwise source, detection and dedup string.
 */
export function dedupKey(sourceId: string, report: Pick<Report, "identity" | "detectionId">): Buffer {
  const { identity } = report;
  const parts =
    identity.kind === "named"
      ? [sourceId, "named", identity.id]
      : [sourceId, "windowed", ruleOf(report), identity.dedupString];
  // JSON separates the parts: ["a", "bc"] and ["ab", "c"] get different keys.
  return createHash("sha256").update(JSON.stringify(parts)).digest().subarray(0, keyBytes);
}

/** Since when an alert fires, by the report: null if it doesn't say, undefined if its kind doesn't. */
export function startOf(identity: DedupIdentity): Date | null | undefined {
  return identity.kind === "named" ? identity.startsAt : undefined;
}

/** The source of Tocsin's own alerts; a migration inserted its row. */
export const ownSource = {
  id: "00000000-0000-7000-8000-000000000001",
  name: "Tocsin",
  resolves: "always",
  reopenAfter: null,
} as const;

/** Groups that can be written together: their keys are distinct. */
interface Wave {
  firing: Group[];
  resolved: Group[];
}

/**
 * Splits a batch so that the reports of each key keep their order: wave n has the n-th run of reports of a
 * key that say the same. Groups are sorted by key, the order in which every transaction takes its locks.
 */
export function waves(batch: IncomingReport[]): Wave[] {
  const runs = new Map<string, Group[]>();
  for (const item of batch) {
    const key = item.key.toString("hex");
    const groups = runs.get(key) ?? [];
    const last = groups.at(-1);
    if (last && sayTheSame(last.items[0].report, item.report)) last.items.push(item);
    else groups.push({ key, items: [item] });
    runs.set(key, groups);
  }
  const sorted = [...runs.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, groups]) => groups);
  const depth = Math.max(0, ...sorted.map((groups) => groups.length));
  return Array.from({ length: depth }, (_, n) => wave(sorted.flatMap((groups) => groups[n] ?? [])));
}

function sayTheSame(one: Report, other: Report): boolean {
  return one.says === other.says && startOf(one.identity)?.getTime() === startOf(other.identity)?.getTime();
}

function wave(groups: Group[]): Wave {
  return {
    firing: groups.filter((group) => group.items[0].report.says === "firing"),
    resolved: groups.filter((group) => group.items[0].report.says === "resolved"),
  };
}
