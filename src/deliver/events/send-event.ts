import type { HistoryEntry } from "../../alert/history-event.ts";
import { transaction } from "../../db/transaction.ts";
import { sentence } from "../../history/sentence.ts";
import type { ChangeJob, ClaimedWebhook } from "../../outbox/claim-event.ts";
import { releaseLine } from "../../outbox/lines.ts";
import type { ToldChange } from "../custom-webhook/event-body.ts";
import type { Deps } from "../../outbox/deps.ts";
import { keepAttempt } from "../ledger/keep-attempt.ts";
import { alertAsOf } from "./alert-as-of.ts";
import { moveCursor } from "../custom-webhook/move-cursor.ts";
import { nextChange } from "../custom-webhook/next-change.ts";
import { settleFault } from "./settle-event.ts";
import { webhookAt } from "./read-event.ts";

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
    await keepAttempt(tx, { deliveryId: job.deliveryId, outcome: "told", channelId: webhook.host });
    await releaseLine(tx, { key: line.key, me: deps.me, end: { kind: "unpaced" } });
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
    await releaseLine(tx, { key: line.key, me: deps.me, end: { kind: "unused" } });
  });
}
