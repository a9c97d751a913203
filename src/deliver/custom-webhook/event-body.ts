import { createHmac } from "node:crypto";
import { type Actor, type Alert, alertTypeLabels } from "../../alert/alert.ts";

/** What a change event tells beside the alert: an entry of its history. */
export interface ToldChange {
  kind: string;
  at: Date;
  actor: Actor;
  via: string;
  /** One line for people. */
  sentence: string;
  data: object;
}

/** What a webhook tells. */
export interface WebhookEvent {
  kind: "alert.opened" | "alert.changed" | "test";
  /** The same at each try, another for each event: what receivers recognise a repeat by. */
  id: string;
  deliveryId: string;
  alert: Omit<Alert, "statusSet">;
  alertUrl: string;
  change?: ToldChange;
}

/** The body of an event: the alert in the field names of Panther's custom webhook, and what those lack. */
export function eventBody({ kind, id, alert, alertUrl, change }: WebhookEvent) {
  return {
    event: kind,
    eventId: id,
    alertId: alert.id,
    number: alert.number,
    id: alert.detection.id,
    name: alert.detection.name,
    title: alert.title,
    severity: alert.severity,
    type: alert.type,
    typeName: alertTypeLabels[alert.type],
    status: alert.status,
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

/** The signature of a body sent at `timestamp` (seconds since 1970): what a receiver computes and compares. */
export function sign(body: string, { timestamp, secret }: { timestamp: number; secret: string }): string {
  return `v1=${createHmac("sha256", secret).update(`v1:${timestamp}:${body}`).digest("hex")}`;
}
