import { createHash } from "node:crypto";
import { compareSeverity, type Severity } from "../alert/alert.ts";
import type { Difference } from "../alert/history-event.ts";
import { withoutTimes } from "./without-times.ts";

/** What is known of an alert that a person closed (docs/behaviour.md#reports-that-join-an-alert-closed-by-a-person). */
export interface ClosedAlert {
  severity: Severity;
  /** Fingerprints of what was seen of it before; null if nothing has joined since it was closed. */
  seen: readonly string[] | null;
  /** Its first events. */
  samples: readonly unknown[];
  /** How many different reports have joined since it was closed. */
  againCount: number;
}

/** What reports that join it say beyond what was seen. */
export interface Again {
  seen: string[];
  /** For each report that differs in more than times and counters, how. */
  differing: Difference[][];
  /** Whether the alert opens again. */
  reopens: boolean;
}

/** Further different reports are only counted as events: a thread with more of them helps nobody. */
const maxSeen = 50;
const maxDifferences = 3;
const maxValueLength = 80;
const maxLeaves = 2000;

/**
 * Compares reports with what was seen of the alert that they join. `reopenAfter` is how many different ones open it again,
 * null for never; else a more severe one does so at once.
 */
export function reportedAgain(
  alert: ClosedAlert,
  reports: readonly { severity: Severity; event: unknown }[],
  reopenAfter: number | null,
): Again {
  const before = alert.samples.map(leavesOf);
  const seen = new Set(alert.seen ?? before.map(fingerprint));
  const differing: Difference[][] = [];
  for (const { event } of reports) {
    const leaves = leavesOf(event);
    const print = fingerprint(leaves);
    if (seen.has(print) || seen.size >= maxSeen) continue;
    // Without any sample, nothing says that the first report differs.
    if (seen.size > 0) differing.push(differences(leaves, before));
    seen.add(print);
  }
  const moreSevere = reports.some(({ severity }) => compareSeverity(severity, alert.severity) > 0);
  const enough = reopenAfter !== null && alert.againCount + differing.length >= reopenAfter;
  return {
    seen: [...seen],
    differing,
    reopens: reopenAfter !== null && (moreSevere || (differing.length > 0 && enough)),
  };
}

/** A value in an event, without times, dates, durations and counters. */
interface Leaf {
  path: string;
  value: string;
}

function leavesOf(event: unknown): Leaf[] {
  const leaves: Leaf[] = [];
  const walk = (value: unknown, path: string, key: string) => {
    if (leaves.length >= maxLeaves || value === null || value === undefined) return;
    if (typeof value === "object") {
      const inList = Array.isArray(value);
      for (const [name, inside] of Object.entries(value))
        walk(inside, inList ? path : [path, name].filter(Boolean).join("."), inList ? key : name);
      return;
    }
    const text = said(String(value), key, path === key);
    if (text) leaves.push({ path, value: text });
  };
  walk(event, "", "");
  return leaves;
}

/** What the value of this key says beyond what differs between repeats. */
function said(value: string, key: string, atTop: boolean): string {
  const words = key
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(Boolean);
  const last = words.at(-1) ?? "";
  if (/^-?\d+(\.\d+)?$/.test(value) && counting.has(last)) return "";
  if (ownIds.has(words.join(" ")) || (atTop && ["id", "uuid", "guid"].includes(words.join(" ")))) return "";
  return withoutTimes(value);
}

const counting = new Set(
  `count counts counter total hits times occurrences attempt attempts retries firedtimes duration elapsed uptime age
  latency sequence seq offset runtime time timestamp date datetime ts at epoch since until ms millis milliseconds seconds
  secs ns nanos nanoseconds`.split(/\s+/),
);
const ownIds = new Set([
  "event id",
  "event uuid",
  "message id",
  "request id",
  "delivery id",
  "trace id",
  "span id",
]);

const keyOf = ({ path, value }: Leaf) => JSON.stringify([path, value]);

function fingerprint(leaves: readonly Leaf[]): string {
  return createHash("sha256").update(leaves.map(keyOf).sort().join("\n")).digest("base64url").slice(0, 16);
}

function differences(leaves: readonly Leaf[], before: readonly (readonly Leaf[])[]): Difference[] {
  const known = new Set(before.flat().map(keyOf));
  return leaves
    .filter((leaf) => !known.has(keyOf(leaf)))
    .slice(0, maxDifferences)
    .map(({ path, value }) => ({ path, value: value.slice(0, maxValueLength) }));
}
