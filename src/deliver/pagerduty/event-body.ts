import { alertTypeLabels, detectionLabel, type Severity } from "../../alert/alert.ts";
import { oneLine, revealAndCut } from "../../slack/text/text.ts";
import type { AlertEvent } from "../events/alert-event.ts";

export type Action = "trigger" | "acknowledge" | "resolve";

/** PagerDuty knows four severities. */
const severities: Record<Severity, "critical" | "error" | "warning" | "info"> = {
  CRITICAL: "critical",
  HIGH: "error",
  MEDIUM: "warning",
  LOW: "info",
  INFO: "info",
};

/** PagerDuty refuses a longer summary, and an event of more than 512 KB. */
const maxSummary = 1024;
const maxBytes = 500 * 1024;
const maxText = 20_000;

/** The body of an event for PagerDuty's Events API v2. Without room for it, the alert's context is left out. */
export function eventBody(event: AlertEvent, given: { routingKey: string; action: Action }) {
  const whole = compose(event, { ...given, context: event.alert.context });
  return Buffer.byteLength(JSON.stringify(whole)) <= maxBytes
    ? whole
    : compose(event, { ...given, context: "Too large for PagerDuty; open the alert in Tocsin." });
}

function compose(
  { kind, alert, alertUrl }: AlertEvent,
  { routingKey, action, context }: { routingKey: string; action: Action; context: unknown },
) {
  const head = { routing_key: routingKey, event_action: action, dedup_key: alert.id };
  if (action !== "trigger") return head;
  const number = kind === "test" ? "" : `#${alert.number} `;
  return {
    ...head,
    client: "Tocsin",
    client_url: alertUrl,
    links: [
      { href: alertUrl, text: "Open in Tocsin" },
      ...(isLink(alert.runbook) ? [{ href: alert.runbook, text: "Runbook" }] : []),
    ],
    payload: {
      summary: oneLine(`${number}${alert.title}`, maxSummary),
      source: oneLine(alert.source.name, 255) || "Tocsin",
      severity: severities[alert.severity],
      timestamp: alert.createdAt.toISOString(),
      ...(alert.detection && { class: oneLine(detectionLabel(alert), 255) }),
      custom_details: {
        severity: alert.severity,
        type: alertTypeLabels[alert.type],
        detection: alert.detection?.id ?? null,
        description: alert.description && revealAndCut(alert.description, maxText),
        runbook: alert.runbook && revealAndCut(alert.runbook, maxText),
        log_types: alert.logTypes.slice(0, 100),
        tags: alert.tags.slice(0, 100),
        events: alert.eventCount,
        context,
      },
    },
  };
}

function isLink(text: string | null): text is string {
  return text !== null && /^https?:\/\/\S{1,2000}$/.test(text);
}
