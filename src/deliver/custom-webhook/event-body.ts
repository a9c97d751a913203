import { createHmac } from "node:crypto";
import { alertTypeLabels } from "../../alert/alert.ts";
import type { AlertEvent } from "../events/alert-event.ts";

/** The JSON body of an event: the field names of Panther's Custom Webhook, and what those lack. */
export function eventBody({ kind, id, alert, alertUrl, changes: [change] }: AlertEvent) {
  return {
    event: kind === "test" ? kind : `alert.${kind}`,
    eventId: id,
    alertId: alert.id,
    number: alert.number,
    // Panther always names a detection, and programs group by it.
    id: alert.detection?.id ?? alert.title,
    name: alert.detection?.name ?? null,
    title: alert.title,
    severity: alert.severity,
    type: alert.type,
    typeName: alertTypeLabels[alert.type],
    status: alert.status,
    disposition: alert.disposition,
    duplicateOf: alert.duplicateOf,
    version: alert.version,
    eventCount: alert.eventCount,
    assignee: alert.assignee,
    createdAt: alert.createdAt.toISOString(),
    firstEventOccurredAt: alert.firstEventOccurredAt.toISOString(),
    lastReceivedEventAt: alert.lastReceivedEventAt.toISOString(),
    link: alertUrl,
    description: alert.description,
    runbook: alert.runbook,
    reference: alert.reference,
    tags: alert.tags,
    logTypes: alert.logTypes,
    reports: alert.reports,
    source: alert.source,
    alertContext: alert.context,
    ...(change && { change: { ...change, at: change.at.toISOString() } }),
  };
}

/** The signature of a body that is sent at `timestamp` (Unix seconds); the receiver computes the same. */
export function sign(body: string, { timestamp, secret }: { timestamp: number; secret: string }): string {
  return `v1=${createHmac("sha256", secret).update(`v1:${timestamp}:${body}`).digest("hex")}`;
}
