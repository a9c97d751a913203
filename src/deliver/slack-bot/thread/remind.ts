import { sql } from "kysely";
import { type Status, systemActor } from "../../../alert/alert.ts";
import type { Reminder } from "../../../alert/destination.ts";
import type { NamedDestination } from "../../../alert/history-event.ts";
import { type Transaction, transaction } from "../../../db/transaction.ts";
import { append } from "../../../history/append.ts";
import { queueReplies } from "../../../messages/queue.ts";
import type { Deps } from "../../../outbox/deps.ts";

/** `until` is as precise as the database's times, which a `Date` is not. */
interface Claim {
  id: string;
  alertId: string;
  until: string;
}

interface DueCard extends DueReminder {
  id: string;
  destination: NamedDestination;
  now: Date;
}

/**
 * Appends one due reminder to its alert's history; the line posts it in the thread like any other entry. False
 * if none is due. It is claimed for a minute, so that one that can't be appended doesn't hold up those behind it.
 */
export async function appendNextReminder({ db }: Pick<Deps, "db">): Promise<boolean> {
  const { rows } = await sql<Claim>`
    update cards set remind_at = now() + interval '1 minute'
    where id = (select id from cards where remind_at <= now() order by remind_at limit 1 for update skip locked)
    returning id, alert_id as "alertId", remind_at::text as until`.execute(db.kysely);
  const [found] = rows;
  if (!found) return false;
  await transaction(db, async (tx) => {
    await sql`select from alerts where id = ${found.alertId} for update`.execute(tx);
    const card = await lockDue(tx, found);
    if (card) await settleReminder(tx, { card, alertId: found.alertId });
  });
  return true;
}

async function lockDue(tx: Transaction, { id, until }: Claim): Promise<DueCard | undefined> {
  const { rows } = await sql<DueCard>`
    select c.id, a.status, a.assignee_id is not null as assigned, c.remind_from as since, now() as now,
      json_build_object('id', d.id, 'name', d.display_name) as destination,
      case when d.enabled and d.deleted_at is null and not c.gone
        then d.reminders -> a.severity::text end as reminder
    from cards c join alerts a on a.id = c.alert_id join destinations d on d.id = c.destination_id
    where c.id = ${id} and c.remind_at = ${until}::timestamptz for update of c`.execute(tx);
  return rows[0];
}

async function settleReminder(
  tx: Transaction,
  { card, alertId }: { card: DueCard; alertId: string },
): Promise<void> {
  const decision = decideReminder(card, card.now);
  if (decision.kind === "stop") {
    await sql`update cards set remind_at = null, remind_from = null where id = ${card.id}`.execute(tx);
    return;
  }
  const { minutes, nextAt } = decision;
  await append(tx, {
    alertId,
    event: { kind: "reminded", data: { destination: card.destination, minutes } },
    actor: systemActor,
    via: "system",
  });
  await sql`
    with reminded as (
      update cards c set remind_at = ${nextAt} from destinations d
      where c.id = ${card.id} and d.id = c.destination_id returning c.id, c.alert_id, c.line, d.installation_id
    )
    ${queueReplies(sql`reminded`)}`.execute(tx);
}

/** A due reminder with the current state of its alert. */
interface DueReminder {
  status: Status;
  assigned: boolean;
  /** The destination's setting for this severity; null if it has none, is disabled or deleted. */
  reminder: Reminder | null;
  /** Since when the alert has been open and unassigned on this card. */
  since: Date;
}

type ReminderDecision =
  | { kind: "remind"; minutes: number; nextAt: Date | null }
  | { kind: "stop"; why: "handled" | "not set" };

const minuteMs = 60_000;

/** Reminders that were missed while no node ran count as one; the next one is a whole interval away. */
export function decideReminder(due: DueReminder, now: Date): ReminderDecision {
  const { status, assigned, reminder, since } = due;
  if (status !== "OPEN" || assigned) return { kind: "stop", why: "handled" };
  if (!reminder) return { kind: "stop", why: "not set" };
  const passed = Math.floor((now.getTime() - since.getTime()) / minuteMs);
  const nextAt = reminder.repeat ? new Date(now.getTime() + reminder.afterMinutes * minuteMs) : null;
  return { kind: "remind", minutes: Math.max(1, passed), nextAt };
}
