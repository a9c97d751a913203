import type { HistoryEntry } from "../../alert/history-event.ts";
import { transaction } from "../../db/transaction.ts";
import { sentence } from "../../history/sentence.ts";
import type { ChangeJob, ClaimedWebhook, OpeningJob } from "../../outbox/claim-event.ts";
import { insertAttempt } from "../../outbox/deliveries.ts";
import type { Deps } from "../../outbox/deps.ts";
import { releaseLine } from "../../outbox/lines.ts";
import type { ToldChange } from "../custom-webhook/event-body.ts";
import { redirectDelivery } from "../send-elsewhere.ts";
import { alertAsOf, nextChange } from "./alert-as-of.ts";
import { webhookAt } from "./read-event.ts";
import { moveCursor, settleFault, settleOpening } from "./settle-event.ts";

/** Tells a webhook the next thing that happened to an alert; each is one event, and goes out in its turn. */
export async function sendChange(deps: Deps, line: ClaimedWebhook, job: ChangeJob): Promise<void> {
  const { webhook, alert, untold } = await webhookAt(deps.db, job);
  const entry = nextChange(untold, webhook.changesSince);
  if (!entry) return await nothingToTell(deps, line, { job, toldSeq: alert.historySeq });
  const later = untold.filter(({ seq }) => seq > entry.seq);
  try {
    await deps.webhooks.send(job.destinationId, {
      kind: "alert.changed",
      id: `${job.deliveryId}.${entry.seq}`,
      deliveryId: job.deliveryId,
      alert: alertAsOf(alert, later),
      alertUrl: `${deps.publicUrl}/alerts/${alert.number}`,
      change: toldChange(entry),
    });
  } catch (fault) {
    const failed = { job, host: webhook.host, waitingSince: entry.at, entry, fault };
    return await settleFault(deps, line, failed);
  }
  await transaction(deps.db, async (tx) => {
    await moveCursor(tx, { job, toldSeq: entry.seq });
    await insertAttempt(tx, { deliveryId: job.deliveryId, outcome: "told", channelId: webhook.host });
    await releaseLine(tx, deps, { key: line.key, end: { kind: "unpaced" } });
  });
}

function toldChange(entry: HistoryEntry): ToldChange {
  const { kind, at, actor, via, data } = entry;
  return { kind, at, actor, via, sentence: sentence(entry, actor), data };
}

/** What was marked as due is nothing that it is told of. */
async function nothingToTell(
  deps: Deps,
  line: ClaimedWebhook,
  cursor: { job: ChangeJob; toldSeq: number },
): Promise<void> {
  await transaction(deps.db, async (tx) => {
    await moveCursor(tx, cursor);
    await releaseLine(tx, deps, { key: line.key, end: { kind: "unused" } });
  });
}

/**
 * Tells a webhook of an alert. One that is told of changes hears first how it was, and then of each change; one
 * that isn't hears how it is now.
 */
export async function sendOpening(deps: Deps, line: ClaimedWebhook, job: OpeningJob): Promise<void> {
  const { webhook, alert, untold } = await webhookAt(deps.db, job);
  if (await redirectDelivery(deps, line, { job, destination: webhook })) return;
  try {
    await deps.webhooks.send(job.destinationId, {
      kind: "alert.opened",
      // Another one after a re-send, which somebody asks for because the first did not serve.
      id: `${job.deliveryId}.${job.waitingSince.getTime()}`,
      deliveryId: job.deliveryId,
      alert: webhook.changesSince ? alertAsOf(alert, untold) : alert,
      alertUrl: `${deps.publicUrl}/alerts/${alert.number}`,
    });
  } catch (fault) {
    return await settleFault(deps, line, { job, host: webhook.host, waitingSince: job.waitingSince, fault });
  }
  const toldSeq = webhook.changesSince ? job.sentSeq : alert.historySeq;
  await settleOpening(deps, line, { job, webhook, toldSeq });
}
