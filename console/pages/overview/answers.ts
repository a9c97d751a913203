import { severityLabels } from "../../../src/alert/alert.ts";
import type { DurationsBody, OverviewBody } from "../../../src/triage/overview/contract.ts";
import { reveal } from "../../components/reveal.ts";
import { shareText } from "../../components/share-text.ts";
import { keysOf } from "../../forms/choices.ts";

const numbers = new Intl.NumberFormat("en");
const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** `1 alert`, `2,000 alerts`. */
export function counted(count: number, noun: string): string {
  return `${numbers.format(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** A length of time with at most two units: `40 s`, `12 min`, `3 h 5 min`, `2 d 4 h`. */
export function lengthText(seconds: number): string {
  if (seconds < minute) return `${Math.round(seconds)} s`;
  if (seconds < hour) return `${Math.round(seconds / minute)} min`;
  const [unit, name, part, partName] = seconds < day ? [hour, "h", minute, "min"] : [day, "d", hour, "h"];
  const parts = Math.round(seconds / Number(part));
  const perUnit = Number(unit) / Number(part);
  const rest = parts % perUnit;
  const whole = `${numbers.format(Math.floor(parts / perUnit))} ${name}`;
  return rest > 0 ? `${whole} ${rest} ${partName}` : whole;
}

/** How many alerts came in, and how severe they were. */
export function alertsAnswer(alerts: OverviewBody["alerts"]): string {
  const of = totals(alerts);
  const all = Object.values(of).reduce((sum, count) => sum + count, 0);
  if (all === 0) return "No alerts came in.";
  const severe = keysOf(severityLabels).flatMap((severity) =>
    of[severity] > 0 ? [`${numbers.format(of[severity])} ${severityLabels[severity]}`] : [],
  );
  return `${counted(all, "alert")}: ${listText(severe)}.`;
}

/** Alerts by severity, of all spans together. */
export function totals(alerts: OverviewBody["alerts"]): OverviewBody["alerts"][number]["severities"] {
  const sums = { INFO: 0, LOW: 0, MEDIUM: 0, HIGH: 0, CRITICAL: 0 };
  for (const { severities } of alerts) for (const name of keysOf(sums)) sums[name] += severities[name];
  return sums;
}

/** How long something took. `done` completes “half of the alerts were …”, `waiting` “3 alerts …”. */
export function durationAnswer(
  { count, p50, p90, waiting }: DurationsBody,
  { done, waiting: still }: { done: string; waiting: [one: string, more: string] },
): string {
  const open = waiting > 0 ? `${counted(waiting, "alert")} ${still[waiting === 1 ? 0 : 1]}.` : "";
  if (p50 === null || p90 === null) return open || "Nothing to measure yet.";
  const took =
    count === 1
      ? `The one alert was ${done} within ${lengthText(p50)}.`
      : `Half of ${counted(count, "alert")} were ${done} within ${lengthText(p50)}, nine in ten within ${lengthText(p90)}.`;
  return open ? `${took} ${open}` : took;
}

/** Which detection is noisiest, and how often it was wrong. */
export function detectionsAnswer(detections: OverviewBody["detections"]): string {
  const [first] = detections;
  if (!first) return "No detection raised an alert.";
  const share = shareText(first.falsePositives, first.closed);
  const name = reveal(first.name ?? first.id);
  const raised = `${name} raised ${counted(first.alerts, "alert")}, more than any other`;
  return share === null
    ? `${raised}. None is closed yet.`
    : `${raised}. ${share} of those closed were false positives.`;
}

/** Who has how much to do. */
export function workloadAnswer(assignees: OverviewBody["assignees"]): string {
  const open = ({ open, triaged }: OverviewBody["assignees"][number]) => open + triaged;
  const all = assignees.reduce((sum, one) => sum + open(one), 0);
  if (all === 0) return "No alert is open.";
  const nobody = assignees.find(({ assignee }) => assignee === null);
  const [busiest] = assignees.filter(({ assignee }) => assignee !== null);
  const unassigned = nobody ? `${counted(open(nobody), "alert")} unassigned` : "Every open alert is assigned";
  if (!busiest?.assignee) return `${unassigned}, and nobody has any.`;
  return `${unassigned}. ${busiest.assignee.name} has the most, ${numbers.format(open(busiest))}.`;
}

/** Whether everything goes out. */
export function deliveriesAnswer(deliveries: OverviewBody["deliveries"]): string {
  const waiting = deliveries.reduce((sum, one) => sum + one.waiting, 0);
  const failed = deliveries.reduce((sum, one) => sum + one.failed, 0);
  if (deliveries.length === 0) return "There is no destination yet.";
  if (waiting + failed === 0) return "Yes. Nothing waits, and nothing failed.";
  const oldest = Math.max(...deliveries.map(({ oldestWaitingSeconds }) => oldestWaitingSeconds));
  const deliveriesText = waiting === 1 ? "1 delivery is" : `${numbers.format(waiting)} deliveries are`;
  const waits =
    waiting > 0 ? `${deliveriesText} waiting, the oldest for ${lengthText(oldest)}` : "Nothing waits";
  return `${failed > 0 ? `No: ${numbers.format(failed)} failed. ` : ""}${waits}.`;
}

function listText(items: string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
