import { sql } from "kysely";
import { type Actor, type Person, systemActor, type Via } from "../alert/alert.ts";
import type { HistoryEvent } from "../alert/history-event.ts";
import type { Transaction } from "../db/transaction.ts";
import { append } from "../history/append.ts";
import { sentence } from "../history/sentence.ts";
import { findAsk, lockBoomerang } from "./find-boomerangs.ts";

/** Reminds those who haven't answered, once, and ends the question when its time is over. */
export async function passTime(tx: Transaction, boomerangId: string): Promise<void> {
  const found = await lockBoomerang(tx, boomerangId);
  if (found?.state !== "open") return;
  const { alertId, cardId, unanswered: to, over } = found;
  const asked = { boomerangId, cardId };
  const by = { actor: systemActor, via: "system" } as const;
  if (!over) {
    await sql`update boomerang_asks set remind_at = now() where boomerang_id = ${boomerangId} and state = 'sent'`.execute(
      tx,
    );
    await sql`update boomerangs set reminded = true, due_at = expires_at where id = ${boomerangId}`.execute(
      tx,
    );
    if (to.length > 0)
      await append(tx, { alertId, event: { kind: "boomerang_reminded", data: { ...asked, to } }, ...by });
    return;
  }
  await sql`
    update boomerang_asks set state = 'over', update_at = case when ts is not null then now() end,
      send_at = null, remind_at = null
    where boomerang_id = ${boomerangId} and state in ('waiting', 'sent')`.execute(tx);
  await sql`update boomerangs set state = 'expired', due_at = null where id = ${boomerangId}`.execute(tx);
  const notify = await whomToNotify(tx, found);
  const event = { kind: "boomerang_expired", data: { ...asked, to, notify } } as const;
  await tell(tx, { alertId, event, ...by, notify, boomerang: found });
}

/** Somebody could not be asked after all: whoever asked hears of it at once. */
export async function noteUnreachable(tx: Transaction, askId: string, why: string): Promise<void> {
  const asked = await findAsk(tx, askId);
  if (!asked) return;
  const { boomerang, ask } = asked;
  await sql`
    update boomerang_asks set state = 'unreachable', why = ${why}, send_at = null, remind_at = null,
      leased_until = null
    where id = ${askId}`.execute(tx);
  // If it was the last of them, whether anybody has answered decides how the question ended.
  await sql`
    update boomerangs b set due_at = null, state = case when exists (
        select from boomerang_asks where boomerang_id = b.id and state = 'answered') then 'answered' else 'expired' end
    where id = ${boomerang.id} and not exists (
      select from boomerang_asks where boomerang_id = b.id and state in ('waiting', 'sent'))`.execute(tx);
  const notify = await asker(tx, boomerang.askedBy.id);
  const data = { boomerangId: boomerang.id, cardId: boomerang.cardId, to: ask.name, why, notify };
  const event = { kind: "boomerang_unreachable", data } as const;
  await tell(tx, { alertId: boomerang.alertId, event, actor: systemActor, via: "system", notify, boomerang });
}

/** Null for a program. */
async function asker(tx: Transaction, id: string | null): Promise<Person | null> {
  const { rows } = await sql<Person>`select id, email, name from users where id::text = ${id}`.execute(tx);
  return rows[0] ?? null;
}

/** An alert was closed while somebody is still asked about it: the question stays open, and that is said. */
export async function tellStillOpen(tx: Transaction, alertId: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select k.name from boomerangs b join boomerang_asks k on k.boomerang_id = b.id
    where b.alert_id = ${alertId} and b.state = 'open' and k.state in ('waiting', 'sent') order by k.id`.execute(
    tx,
  );
  if (rows.length === 0) return;
  const event = { kind: "boomerang_still_open", data: { to: rows.map(({ name }) => name) } } as const;
  await append(tx, { alertId, event, actor: systemActor, via: "system" });
}

interface Told {
  alertId: string;
  event: HistoryEvent;
  actor: Actor;
  via: Via;
  /** Who is mentioned, in the card's thread; where there is no card, they get a direct message. */
  notify: Person | null;
  boomerang: { installationId: string; cardId: string | null };
}

/** Tells the history, and with it the card's thread, what came of a question. */
export async function tell(tx: Transaction, { notify, boomerang, ...entry }: Told): Promise<void> {
  await append(tx, entry);
  if (!notify || boomerang.cardId !== null) return;
  await sql`
    insert into direct_notes (id, installation_id, user_id, alert_id, words)
    values (gen_random_uuid(), ${boomerang.installationId}, ${notify.id}, ${entry.alertId},
      ${sentence(entry.event, entry.actor)})`.execute(tx);
}

/** Who hears at once of what came of a question: the alert's assignee, else whoever asked; a program is nobody. */
export async function whomToNotify(
  tx: Transaction,
  { alertId, askedBy }: { alertId: string; askedBy: Actor },
): Promise<Person | null> {
  const asker = askedBy.type === "user" ? askedBy.id : null;
  const { rows } = await sql<Person>`
    select u.id, u.email, u.name from alerts a join users u on u.id = coalesce(a.assignee_id, ${asker}::uuid)
    where a.id = ${alertId}`.execute(tx);
  return rows[0] ?? null;
}
