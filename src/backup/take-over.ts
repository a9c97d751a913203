import { sql } from "kysely";
import { systemActor } from "../alert/alert.ts";
import { endQuestions, markUnreachable } from "../boomerang/pass-time.ts";
import type { Database } from "../db/connect.ts";
import { type Transaction, transaction } from "../db/transaction.ts";
import { escalateNext } from "../deliver/escalate.ts";
import { append } from "../history/append.ts";
import { dueAsNew } from "../outbox/deliveries.ts";
import { audit } from "../people/audit-log/audit.ts";
import type { Principal } from "../people/principal.ts";
import { findPosted, type Looked } from "./find-posted.ts";
import { endUnsent, maybeSent } from "./hold-back.ts";
import { clearRestored, readRestored } from "./restored.ts";

type TakeOverDeps = Parameters<typeof findPosted>[0] & { db: Database };

export interface TakenOver {
  takenAt: Date;
  /** What was posted after the backup was taken and is known now. */
  found: number;
  /** What waits and is sent by the next start. */
  waiting: number;
  /** What may have been posted and can't be looked up. */
  notDelivered: number;
  unreadable: Looked["unreadable"];
}

/**
 * Lets a restored database send again, once its original is stopped: looks up in Slack what the original has posted since
 * the backup was taken, and opens the lines. What can't be looked up ends as not delivered. Nothing is posted here. May be
 * called again after a failure. Null if the database does not wait to be taken over.
 */
export async function takeOver(deps: TakeOverDeps, by: Principal): Promise<TakenOver | null> {
  const takenAt = await readRestored(deps.db.kysely);
  if (!takenAt) return null;
  const { rows } = await sql<{ now: Date }>`select now()`.execute(deps.db.kysely);
  const began = rows[0]?.now ?? deps.clock();
  // The original may have escalated them, so their cards are looked up as well.
  while (await escalateNext(deps));
  const looked = await findPosted(deps, takenAt);
  return transaction(deps.db, async (tx) => {
    const notDelivered = await endUnknown(tx, looked, began);
    await settleBoomerangs(tx);
    await settleReminders(tx);
    const waiting = await openAll(tx);
    await skipNumbers(tx);
    await clearRestored(tx);
    const counts = { found: looked.found, waiting, notDelivered };
    await audit(tx, by, { action: "database.taken_over", target: null, changes: null, data: counts });
    return { takenAt, ...counts, unreadable: looked.unreadable };
  });
}

/** Ends what may have been sent and can't be looked up. */
async function endUnknown(tx: Transaction, { unreadable, withDigest }: Looked, began: Date): Promise<number> {
  const keys = unreadable.map(({ key }) => key);
  const unread = await endUnsent(
    tx,
    sql`d.line = any(${keys}::text[])`,
    `${maybeSent}, and Slack does not let Tocsin read the channel to look`,
  );
  const digested = await endUnsent(
    tx,
    sql`d.line = any(${withDigest}::text[]) and d.severity < 'HIGH' and not d.asked`,
    "a digest that was posted since the backup was taken may stand for it",
  );
  // Of escalations just now, whose events have other ids than those of the original.
  const escalated = await endUnsent(
    tx,
    sql`t.type not in ('slack-bot', 'pagerduty') and d.created_at >= ${began} and d.state = 'waiting'`,
    maybeSent,
  );
  const inUnread = sql`(line = any(${keys}::text[]) or line in (select key from lines where of_person))`;
  const { rows } = await sql<{ id: string }>`
    delete from messages where state in ('due', 'posting') and kind = 'question' and ${inUnread}
    returning subject_id as id`.execute(tx);
  for (const { id } of rows) await markUnreachable(tx, id, maybeSent);
  await sql`
    with dropped as (
      delete from messages where state in ('due', 'posting') and kind in ('bulk-notice', 'digest')
        and line = any(${keys}::text[]) returning id, kind, line
    ), closed as (
      update digests set closed_at = coalesce(closed_at, now()), gone = true, due_at = null
      where id in (select id from dropped where kind = 'digest')
    )
    update lines set digest_id = null where digest_id in (select id from dropped)`.execute(tx);
  return unread + digested + escalated + rows.length;
}

/** What was over by now is cancelled, since the answer may be known to the original only. Other questions can be answered again. */
async function settleBoomerangs(tx: Transaction): Promise<void> {
  const { rows } = await sql<{ id: string; alertId: string; cardId: string | null; to: string[] }>`
    update boomerangs b set state = 'cancelled', due_at = null, followed_at = now()
    where state = 'open' and expires_at <= now()
    returning id, alert_id as "alertId", card_id as "cardId", array(select name from boomerang_asks
      where boomerang_id = b.id and state in ('waiting', 'sent') order by id) as to`.execute(tx);
  for (const { id: boomerangId, alertId, cardId, to } of rows) {
    await endQuestions(tx, boomerangId);
    const event = { kind: "boomerang_cancelled", data: { boomerangId, cardId, to } } as const;
    await append(tx, { alertId, event, actor: systemActor, via: "system" });
  }
  await sql`update boomerangs set due_at = expires_at where state = 'open'`.execute(tx);
}

/** Reminders that were due meanwhile may have been given. */
async function settleReminders(tx: Transaction): Promise<void> {
  await sql`
    update cards c set remind_at = case when (d.reminders -> a.severity::text ->> 'repeat')::bool
      then now() + make_interval(mins => (d.reminders -> a.severity::text ->> 'afterMinutes')::int) end
    from alerts a, destinations d
    where c.remind_at <= now() and a.id = c.alert_id and d.id = c.destination_id`.execute(tx);
}

/** Opens all lines; cards and questions that the original may have edited since are drawn again. */
async function openAll(tx: Transaction): Promise<number> {
  const { rows } = await sql`
    ${dueAsNew({ where: sql`true` })} returning 1`.execute(tx);
  await sql`
    update messages set state = 'due', due_at = now(), attempted_at = null, lease = null,
      unsure_since = case when seen_ts is not null then unsure_since end where state in ('due', 'posting')`.execute(
    tx,
  );
  await sql`
    update messages set wanted = wanted + 1, edit_at = now() where kind = 'question' and state = 'stands'
      and subject_id in (select k.id from boomerang_asks k join boomerangs b on b.id = k.boomerang_id
        where b.state = 'open' and k.state = 'sent')`.execute(tx);
  await sql`
    update cards c set update_wanted = update_wanted + 1, update_due_at = coalesce(update_due_at, now())
    from alerts a where a.id = c.alert_id and a.status in ('OPEN', 'TRIAGED') and not c.gone`.execute(tx);
  await sql`update lines set leased_until = null, open_at = now()`.execute(tx);
  return rows.length;
}

const skipped = 1000;

/** Slack may show numbers that the original gave since: none of them is given to another alert. */
async function skipNumbers(tx: Transaction): Promise<void> {
  await sql`select setval('alert_numbers', last_value + ${sql.lit(skipped)}) from alert_numbers`.execute(tx);
}
