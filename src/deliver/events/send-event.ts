import type { HistoryEntry } from "../../alert/history-event.ts";
import { transaction } from "../../db/transaction.ts";
import { sentence } from "../../history/sentence.ts";
import { insertAttempt } from "../../outbox/attempts.ts";
import type { ChangeJob, ClaimedWebhook, OpeningJob } from "../../outbox/claim-event.ts";
import type { Deps } from "../../outbox/deps.ts";
import { releaseLine } from "../../outbox/lines.ts";
import type { EventChange } from "../custom-webhook/event-body.ts";
import { redirectDelivery } from "../send-elsewhere.ts";
import { alertAsOf, nextChange } from "./alert-as-of.ts";
import { readEventData } from "./read-event.ts";
import { advanceCursor, settleFault, settleOpening } from "./settle-event.ts";

/** Sends a webhook the next unsent change of an alert; each change is one event. */
export async function sendChange(deps: Deps, line: ClaimedWebhook, job: ChangeJob): Promise<void> {
  const { webhook, alert, unsent } = await readEventData(deps.db, job);
  const entry = nextChange(unsent, webhook.changesSince);
  if (!entry) return await skipChanges(deps, line, { job, seq: alert.historySeq });
  const later = unsent.filter(({ seq }) => seq > entry.seq);
  try {
    await deps.webhooks.send(job.destinationId, {
      kind: "alert.changed",
      id: `${job.deliveryId}.${entry.seq}`,
      deliveryId: job.deliveryId,
      alert: alertAsOf(alert, later),
      alertUrl: `${deps.publicUrl}/alerts/${alert.number}`,
      change: changeBody(entry),
    });
  } catch (fault) {
    const failed = { job, host: webhook.host, waitingSince: entry.at, entry, fault };
    return await settleFault(deps, line, failed);
  }
  await transaction(deps.db, async (tx) => {
    await advanceCursor(tx, { job, seq: entry.seq });
    await insertAttempt(tx, { deliveryId: job.deliveryId, outcome: "told", channelId: webhook.host });
    await releaseLine(tx, deps, line, { kind: "unpaced" });
  });
}

function changeBody(entry: HistoryEntry): EventChange {
  const { kind, at, actor, via, data } = entry;
  return { kind, at, actor, via, sentence: sentence(entry, actor), data };
}

/** None of the unsent entries is a change that the webhook gets. */
async function skipChanges(
  deps: Deps,
  line: ClaimedWebhook,
  cursor: { job: ChangeJob; seq: number },
): Promise<void> {
  await transaction(deps.db, async (tx) => {
    await advanceCursor(tx, cursor);
    await releaseLine(tx, deps, line, { kind: "unused" });
  });
}

/**
 * Sends a webhook a new alert. A webhook that gets changes gets the alert as it was opened, and each change
 * after that; any other gets the current state.
 */
export async function sendOpening(deps: Deps, line: ClaimedWebhook, job: OpeningJob): Promise<void> {
  const { webhook, alert, unsent } = await readEventData(deps.db, job);
  if (await redirectDelivery(deps, line, { job, destination: webhook })) return;
  try {
    await deps.webhooks.send(job.destinationId, {
      kind: "alert.opened",
      // A re-send gets a new id, so that the receiver does not drop it as a duplicate.
      id: `${job.deliveryId}.${job.waitingSince.getTime()}`,
      deliveryId: job.deliveryId,
      alert: webhook.changesSince ? alertAsOf(alert, unsent) : alert,
      alertUrl: `${deps.publicUrl}/alerts/${alert.number}`,
    });
  } catch (fault) {
    return await settleFault(deps, line, { job, host: webhook.host, waitingSince: job.waitingSince, fault });
  }
  const lastSeq = webhook.changesSince ? job.sentSeq : alert.historySeq;
  await settleOpening(deps, line, { job, webhook, lastSeq });
}
