import { type Severity, severities } from "../../alert/severity.ts";
import { isOpen, type Status, statuses, statusWords } from "../../alert/status.ts";
import { clockTime } from "../text/clock-time.ts";
import type { DigestView, Tally } from "./digest-view.ts";

/** What a digest says in words and numbers of ours, which can hold nothing from outside. */
export interface DigestWords {
  heading: string;
  /** `31 MEDIUM, 20 LOW`: of what was gathered, the most severe first. */
  severities: { severity: Severity; count: string }[];
  /** `Open 180 · Resolved 20 · 12 assigned`; empty when nothing was gathered. */
  states: string;
  /** `2 CRITICAL and 5 HIGH wait for their own card`; null when none does. */
  loud: string | null;
  when: string;
}

export function digestWords(view: DigestView): DigestWords {
  const { gathered, over } = view;
  const total = sum(gathered);
  return {
    heading: heading(view, total),
    severities: [...severities].reverse().flatMap((severity) => {
      const count = sum(gathered.filter((tally) => tally.severity === severity));
      return count > 0 ? [{ severity, count: figure(count) }] : [];
    }),
    states: states(gathered),
    loud: over ? null : loud(view.loud),
    when: [span(view), manner(view)].filter(Boolean).join(" · "),
  };
}

function heading({ over, gathered, loud }: DigestView, total: number): string {
  if (total === 0) {
    return over ? "Every alert has its card" : `${alerts(loud.critical + loud.high)} at once`;
  }
  const open = gathered.some((tally) => tally.severity !== "INFO" && isOpen(tally.status));
  return over && !open ? `✅ ${alerts(total)}, none open any more` : `${alerts(total)}, gathered here`;
}

/** INFO alerts need nobody: they would only make it look as if much were resolved. */
function states(gathered: readonly Tally[]): string {
  const ordinary = gathered.filter((tally) => tally.severity !== "INFO");
  const parts = statuses.flatMap((status: Status) => {
    const count = sum(ordinary.filter((tally) => tally.status === status));
    return count > 0 ? [`${statusWords[status]} ${figure(count)}`] : [];
  });
  const assigned = sum(ordinary.filter((tally) => tally.assigned));
  return [...parts, ...(assigned > 0 ? [`${figure(assigned)} assigned`] : [])].join(" · ");
}

function loud({ critical, high }: DigestView["loud"]): string | null {
  const parts = [
    ...(critical > 0 ? [`${figure(critical)} CRITICAL`] : []),
    ...(high > 0 ? [`${figure(high)} HIGH`] : []),
  ];
  if (parts.length === 0) return null;
  return `${parts.join(" and ")} ${critical + high === 1 ? "waits" : "wait"} for their own card`;
}

function span({ span, timezone, now }: DigestView): string {
  if (!span) return "";
  const [from, to] = [span.from, span.to].map((at) => clockTime(at, timezone, now));
  return from === to ? `${from}` : `${from} to ${to}`;
}

function manner({ over }: DigestView): string {
  if (over) return "The storm is over: alerts have cards of their own again";
  return "CRITICAL and HIGH are still posted one by one";
}

function alerts(count: number): string {
  return count === 1 ? "1 alert" : `${figure(count)} alerts`;
}

function figure(count: number): string {
  return count.toLocaleString("en-GB");
}

function sum(tallies: readonly Tally[]): number {
  return tallies.reduce((total, { count }) => total + count, 0);
}
