import { v7 as uuidv7 } from "uuid";
import { systemActor } from "../../alert/alert.ts";
import { noDisposition } from "../../alert/disposition.ts";
import type { AlertEvent } from "./alert-event.ts";
import { EventFault } from "./event-fault.ts";

/** Sends a test. Returns the fault that the destination met, null if it accepted the event. */
export async function sendTest(send: () => Promise<void>): Promise<EventFault | null> {
  try {
    await send();
    return null;
  } catch (fault) {
    if (fault instanceof EventFault) return fault;
    throw fault;
  }
}

/** An event of kind `test` with all the fields of an alert. */
export function testEvent({
  type,
  publicUrl,
  now,
}: {
  /** What people call the destination's type. */
  type: string;
  publicUrl: string;
  now: Date;
}): AlertEvent {
  const id = uuidv7();
  return {
    kind: "test",
    id,
    deliveryId: id,
    again: false,
    openedAs: "INFO",
    changes: [],
    alertUrl: `${publicUrl}/configure/destinations`,
    alert: {
      id,
      number: 0,
      version: 1,
      title: "Test event from Tocsin",
      severity: "INFO",
      status: "RESOLVED",
      ...noDisposition,
      type: "RULE",
      source: { id: "tocsin", name: "Tocsin", kind: "native" },
      detection: { id: "Tocsin.Test", name: `Test of a ${type} destination` },
      dedupString: "Test event from Tocsin",
      logTypes: [],
      tags: ["test"],
      reports: {},
      description: "Somebody tested this destination in Tocsin. No action is needed.",
      runbook: null,
      reference: null,
      context: {},
      eventCount: 1,
      reportedAgain: false,
      silencedBy: null,
      assignee: null,
      createdAt: now,
      firstEventOccurredAt: now,
      lastReceivedEventAt: now,
      updatedAt: now,
      updatedBy: systemActor,
    },
  };
}
