import { v7 as uuidv7 } from "uuid";
import { systemActor } from "../../alert/alert.ts";
import type { Refusal } from "../../alert/refusal.ts";
import type { WebhookEvent } from "../custom-webhook/event-body.ts";
import type { WebhookAccess } from "../custom-webhook/webhook-access.ts";
import { WebhookFault, webhookRemedy } from "./event-fault.ts";

/** The result of a test event: the setup fault that holds the webhook, and the refusal to show. */
export interface TestResult {
  fault: string | null;
  refusal: Refusal | null;
}

/** Sends a webhook an event of kind `test` with all the fields of an alert. */
export async function sendTest(
  webhooks: WebhookAccess,
  to: { id: string; url: string; publicUrl: string },
  now: Date,
): Promise<TestResult> {
  try {
    await webhooks.send(to.id, testEvent(to.publicUrl, now));
    return { fault: null, refusal: null };
  } catch (fault) {
    if (!(fault instanceof WebhookFault)) throw fault;
    const { means, todo } = webhookRemedy(fault.code, new URL(to.url).host);
    const refusal = { refused: "conflict" as const, why: `${means} ${todo}` };
    return { fault: fault.kind === "setup" ? fault.code : null, refusal };
  }
}

function testEvent(publicUrl: string, now: Date): WebhookEvent {
  const id = uuidv7();
  return {
    kind: "test",
    id,
    deliveryId: id,
    alertUrl: `${publicUrl}/configure/destinations`,
    alert: {
      id,
      number: 0,
      version: 1,
      title: "Test event from Tocsin",
      severity: "INFO",
      status: "RESOLVED",
      type: "RULE",
      source: { id: "tocsin", name: "Tocsin", kind: "native" },
      detection: { id: "Tocsin.Test", name: "Test of a Custom Webhook" },
      dedupString: "Test event from Tocsin",
      logTypes: [],
      tags: ["test"],
      reports: {},
      description: "Somebody pressed Send Test Event. No action is needed.",
      runbook: null,
      reference: null,
      context: {},
      eventCount: 1,
      assignee: null,
      createdAt: now,
      firstEventOccurredAt: now,
      lastReceivedEventAt: now,
      updatedAt: now,
      updatedBy: systemActor,
    },
  };
}
