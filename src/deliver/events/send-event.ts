import { isOpen } from "../../alert/alert.ts";
import type { HistoryEntry } from "../../alert/history-event.ts";
import { transaction } from "../../db/transaction.ts";
import { sentence } from "../../history/sentence.ts";
import { insertAttempt } from "../../outbox/attempts.ts";
import type { ChangeJob, ClaimedEvent, OpeningJob } from "../../outbox/claim-event.ts";
import type { Deps } from "../../outbox/deps.ts";
import { releaseLine } from "../../outbox/lines.ts";
import { redirectDelivery } from "../send-elsewhere.ts";
import { alertAsOf, changesToTell } from "./alert-as-of.ts";
import type { EventChange } from "./alert-event.ts";
import type { EventWork } from "./event-work.ts";
import { type EventData, readEventData } from "./read-event.ts";
import { advanceCursor, afterSending, settleFault, settleOpening } from "./settle-event.ts";

/** Sends the next unsent change of an alert, or all of them as one event if the type follows the current state. */
export async function sendChange(
  deps: Deps,
  work: EventWork,
  { line, job }: { line: ClaimedEvent; job: ChangeJob },
): Promise<void> {
  const { target, alert, unsent, openedAs } = await readEventData(deps.db, job);
  const due = changesToTell(unsent, { since: target.changesSince, tells: work.tells });
  const told = work.follows === "each-change" ? due.slice(0, 1) : due;
  const [entry] = told;
  const last = told.at(-1);
  if (!entry || !last) return await skipChanges(deps, line, { job, seq: alert.historySeq });
  const later = work.follows === "each-change" ? unsent.filter(({ seq }) => seq > last.seq) : [];
  try {
    await work.send(target, {
      kind: "changed",
      // With its time, since after a restore another change may get this number.
      id: `${job.deliveryId}.${last.seq}.${last.at.getTime()}`,
      deliveryId: job.deliveryId,
      again: false,
      alert: alertAsOf(alert, later),
      openedAs,
      alertUrl: `${deps.publicUrl}/alerts/${alert.number}`,
      changes: told.map(changeOf),
    });
  } catch (fault) {
    const failed = { job, place: target.place, waitingSince: entry.at, entry: last, fault };
    return await settleFault(deps, line, failed);
  }
  await transaction(deps.db, async (tx) => {
    await advanceCursor(tx, { job, seq: last.seq });
    await insertAttempt(tx, { deliveryId: job.deliveryId, outcome: "told", channelId: target.place });
    await releaseLine(tx, deps, line, afterSending(work));
  });
}

function changeOf(entry: HistoryEntry): EventChange {
  const { kind, at, actor, via, data } = entry;
  return { kind, at, actor, via, sentence: sentence(entry, actor), data };
}

/** None of the unsent entries is a change that the destination gets. */
async function skipChanges(
  deps: Deps,
  line: ClaimedEvent,
  cursor: { job: ChangeJob; seq: number },
): Promise<void> {
  await transaction(deps.db, async (tx) => {
    await advanceCursor(tx, cursor);
    await releaseLine(tx, deps, line, { kind: "unused" });
  });
}

/** Sends a new alert. */
export async function sendOpening(
  deps: Deps,
  work: EventWork,
  { line, job }: { line: ClaimedEvent; job: OpeningJob },
): Promise<void> {
  const data = await readEventData(deps.db, job);
  const { target, alert, openedAs } = data;
  if (await redirectDelivery(deps, line, { job, destination: target })) return;
  const first = tellsAsOpened(work, data);
  try {
    await work.send(target, {
      kind: "opened",
      // A re-send gets a new id, so that the receiver does not drop it as a duplicate.
      id: `${job.deliveryId}.${job.waitingSince.getTime()}`,
      deliveryId: job.deliveryId,
      again: job.asked,
      alert: first ? alertAsOf(alert, data.unsent) : alert,
      openedAs,
      alertUrl: `${deps.publicUrl}/alerts/${alert.number}`,
      changes: [],
    });
  } catch (fault) {
    return await settleFault(deps, line, { job, place: target.place, waitingSince: job.waitingSince, fault });
  }
  await settleOpening(deps, line, { job, work, target, lastSeq: first ? job.sentSeq : alert.historySeq });
}

/**
 * Whether the destination gets the alert as it was opened, and then its changes; otherwise it gets the current state,
 * which includes them.
 */
function tellsAsOpened({ follows }: EventWork, { target, alert }: EventData): boolean {
  return target.changesSince !== null && (follows === "each-change" || isOpen(alert.status));
}
