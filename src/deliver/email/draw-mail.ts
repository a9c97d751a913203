import {
  type Alert,
  alertTypeLabels,
  detectionLabel,
  isOpen,
  type Severity,
  severities,
  severityLabels,
  statusLabels,
} from "../../alert/alert.ts";
import { dispositionText } from "../../alert/disposition.ts";
import { clockTime } from "../../slack/text/clock-time.ts";
import { oneLine, revealAndCut } from "../../slack/text/text.ts";
import type { AlertEvent, DigestPart } from "../events/alert-event.ts";
import { type Block, htmlOf, textOf } from "./mail-blocks.ts";

interface Drawn {
  subject: string;
  text: string;
  html: string;
}

const maxSubjectTitle = 150;
const maxDescription = 5000;
const maxInDigest = 50;
const maxDetections = 10;

/** The email about an alert or its changes. Its subject never changes, because some programs group emails by it. */
export function drawMail(event: AlertEvent, { timezone, now }: { timezone: string; now: Date }): Drawn {
  const { kind, alert, openedAs, alertUrl, changes } = event;
  const about = `[${kind === "test" ? "TEST" : openedAs}] ${titleOf(alert, maxSubjectTitle)}${numberOf(alert)}`;
  const told = changes.map(
    ({ sentence, at }): Block => ({
      kind: "line",
      text: `${oneLine(sentence, 1000)} · ${clockTime(at, timezone, now)}`,
    }),
  );
  const blocks: Block[] = [
    { kind: "head", severity: alert.severity, label: labelOf(alert), title: titleOf(alert, 500) },
    ...told,
    { kind: "facts", facts: factsOf(alert, { timezone, now }) },
    ...(kind === "changed" ? [] : summaryOf(alert)),
    { kind: "button", label: "View in Tocsin", url: alertUrl },
  ];
  return { subject: kind === "changed" ? `Re: ${about}` : about, ...drawn(blocks) };
}

/** One email for the alerts that wait in a storm. */
export function drawDigestMail({ alerts, listUrl }: DigestPart): Drawn {
  const count = `${alerts.length} alerts`;
  const [first] = alerts;
  const rows = alerts.slice(0, maxInDigest).map(({ number, severity, title }) => ({
    severity,
    text: `#${number} ${titleOf({ title }, 200)}`,
  }));
  const blocks: Block[] = [
    {
      kind: "head",
      severity: first?.severity ?? "INFO",
      label: "Digest",
      title: `${count} in a short time`,
    },
    {
      kind: "line",
      text: "Too many alerts came at once for an email each. CRITICAL and HIGH alerts still get their own.",
    },
    { kind: "facts", facts: countsOf(alerts) },
    { kind: "rows", rows },
    ...(alerts.length > rows.length
      ? [{ kind: "line" as const, text: `… and ${alerts.length - rows.length} more` }]
      : []),
    { kind: "button", label: "Open the list in Tocsin", url: listUrl },
  ];
  return { subject: `[Digest] ${count} from Tocsin`, ...drawn(blocks) };
}

function countsOf(alerts: DigestPart["alerts"]): [string, string][] {
  const bySeverity = severities.toReversed().flatMap((severity): string[] => {
    const count = alerts.filter((alert) => alert.severity === severity).length;
    return count > 0 ? [`${count} ${severityLabels[severity]}`] : [];
  });
  const byDetection = [...Map.groupBy(alerts, ({ detection }) => detection)]
    .sort(([, some], [, others]) => others.length - some.length)
    .slice(0, maxDetections)
    .map(([detection, of]) => `${oneLine(detection, 100)} (${of.length})`);
  return [
    ["Severity", bySeverity.join(", ")],
    ["Detections", byDetection.join(", ")],
  ];
}

function drawn(blocks: Block[]) {
  return { text: textOf(blocks), html: htmlOf(blocks) };
}

function factsOf(
  alert: AlertEvent["alert"],
  { timezone, now }: { timezone: string; now: Date },
): [string, string][] {
  const { assignee, logTypes, eventCount } = alert;
  const detection = oneLine(detectionLabel(alert), 200);
  const facts: [string, string][] = [
    [
      "State",
      `${statusLabels[alert.status]}, ${assignee ? `assigned to ${oneLine(assignee.name, 100)}` : "unassigned"}`,
    ],
    detection
      ? ["Detection", `${detection} (${alertTypeLabels[alert.type]})`]
      : ["Type", alertTypeLabels[alert.type]],
    ["Disposition", dispositionText(alert)],
    ["Source", oneLine(alert.source.name, 100)],
    ["Log types", oneLine(logTypes.slice(0, 10).join(", "), 300)],
    ["Opened", clockTime(alert.createdAt, timezone, now)],
    ["Events", eventCount > 1 ? `${eventCount}` : ""],
  ];
  return facts.filter(([, value]) => value !== "");
}

function summaryOf({ description, runbook }: AlertEvent["alert"]): Block[] {
  const part = (title: string, text: string | null): Block[] =>
    text?.trim() ? [{ kind: "text", title, text: revealAndCut(text, maxDescription) }] : [];
  return [...part("Description", description), ...part("Runbook", runbook)];
}

function labelOf({ severity, status }: { severity: Severity; status: Alert["status"] }): string {
  return isOpen(status) ? severity : `${statusLabels[status]} · ${severity}`;
}

function titleOf({ title }: Pick<Alert, "title">, limit: number): string {
  return oneLine(title, limit) || "(no title)";
}

function numberOf({ number }: Pick<Alert, "number">): string {
  return number > 0 ? ` (#${number})` : "";
}
