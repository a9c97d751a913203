import { sql } from "kysely";
import { type Actor, type Person, systemActor, type Via } from "../alert/alert.ts";
import { isAutomatic } from "../alert/automatic-boomerang.ts";
import type { HistoryEvent } from "../alert/history-event.ts";
import { type Transaction, transaction } from "../db/transaction.ts";
import { append } from "../history/append.ts";
import { sentence } from "../history/sentence.ts";
import { queue } from "../messages/queue.ts";
import { want } from "../messages/want.ts";
import { postDigestedCard } from "../outbox/deliveries.ts";
import type { Deps } from "../outbox/deps.ts";
import type { Job, JobSource } from "../outbox/worker.ts";
import { queueDirectNotice } from "./direct-notice.ts";
import { findRecipient, lockBoomerang } from "./find-boomerangs.ts";
import type { Recipient } from "./recipients.ts";

/** Reminds recipients who haven't answered (once, halfway), or expires the Boomerang when its time is over. */
async function remindOrExpire(tx: Transaction, boomerangId: string): Promise<void> {
  const found = await lockBoomerang(tx, boomerangId);
  if (found?.state !== "open") return;
  const { alertId, cardId, unanswered: to, over } = found;
  const by = { actor: systemActor, via: "system" } as const;
  if (!over) {
    await queueReminders(tx, boomerangId);
    await sql`update boomerangs set reminded = true, due_at = expires_at where id = ${boomerangId}`.execute(
      tx,
    );
    if (to.length > 0)
      await append(tx, {
        alertId,
        event: { kind: "boomerang_reminded", data: { boomerangId, cardId, to } },
        ...by,
      });
    return;
  }
  await endQuestions(tx, boomerangId);
  await sql`update boomerangs set state = 'expired', due_at = null where id = ${boomerangId}`.execute(tx);
  const told = await whomToTell(tx, found);
  const event = { kind: "boomerang_expired", data: { boomerangId, cardId, to, ...told } } as const;
  await appendAndNotify(tx, { alertId, event, ...by, ...told, boomerang: found });
}

/** Ends the questions that nobody has answered; their messages say so. */
export async function endQuestions(tx: Transaction, boomerangId: string): Promise<void> {
  await want(
    tx,
    sql`(select id from boomerang_asks where boomerang_id = ${boomerangId} and state in ('waiting', 'sent'))`,
  );
  await sql`
    update boomerang_asks set state = 'over'
    where boomerang_id = ${boomerangId} and state in ('waiting', 'sent')`.execute(tx);
}

async function queueReminders(tx: Transaction, boomerangId: string): Promise<void> {
  const { rows } = await sql<{
    id: string;
    kind: Recipient["kind"];
    slackId: string;
    installationId: string;
  }>`
    select k.id, k.kind, k.slack_id as "slackId", b.installation_id as "installationId"
    from boomerang_asks k join boomerangs b on b.id = k.boomerang_id
    where k.boomerang_id = ${boomerangId} and k.state = 'sent'`.execute(tx);
  for (const { id, kind, slackId, installationId } of rows) {
    const to = kind === "person" ? { person: slackId } : { channel: slackId };
    await queue(tx, { kind: "reminder", installationId, to, subjectId: id, parentId: id });
  }
}

/** Marks a recipient as unreachable after sending failed, and notifies the person who asked. */
export async function markUnreachable(tx: Transaction, askId: string, why: string): Promise<void> {
  const found = await findRecipient(tx, askId);
  if (!found) return;
  const { boomerang, recipient } = found;
  await sql`
    update boomerang_asks set state = 'unreachable', why = ${why} where id = ${askId}`.execute(tx);
  // With no recipient left to answer, the Boomerang ends as answered if it has an answer, else as expired.
  await sql`
    update boomerangs b set due_at = null, state = case when exists (
        select from boomerang_asks where boomerang_id = b.id and state = 'answered') then 'answered' else 'expired' end
    where id = ${boomerang.id} and not exists (
      select from boomerang_asks where boomerang_id = b.id and state in ('waiting', 'sent'))`.execute(tx);
  const { askedBy, cardId } = boomerang;
  const told = isAutomatic(askedBy)
    ? await whomToTell(tx, boomerang)
    : { notify: await findAsker(tx, askedBy.id) };
  const data = { boomerangId: boomerang.id, cardId, to: recipient.name, why, ...told };
  const event = { kind: "boomerang_unreachable", data } as const;
  await appendAndNotify(tx, {
    alertId: boomerang.alertId,
    event,
    actor: systemActor,
    via: "system",
    ...told,
    boomerang,
  });
}

/** The user who asked; null for an API token. */
async function findAsker(tx: Transaction, id: string | null): Promise<Person | null> {
  const { rows } = await sql<Person>`select id, email, name from users where id::text = ${id}`.execute(tx);
  return rows[0] ?? null;
}

/** Appends to the history that a closed alert still has open questions, if it has any. */
export async function appendStillOpen(tx: Transaction, alertId: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select k.name from boomerangs b join boomerang_asks k on k.boomerang_id = b.id
    where b.alert_id = ${alertId} and b.state = 'open' and k.state in ('waiting', 'sent') order by k.id`.execute(
    tx,
  );
  if (rows.length === 0) return;
  const event = { kind: "boomerang_still_open", data: { to: rows.map(({ name }) => name) } } as const;
  await append(tx, { alertId, event, actor: systemActor, via: "system" });
}

interface BoomerangEntry {
  alertId: string;
  event: HistoryEvent;
  actor: Actor;
  via: Via;
  /** The person to mention in the card's thread, or to send a direct message if there is no card. */
  notify: Person | null;
  orDestination?: true;
  boomerang: { installationId: string; cardId: string | null };
}

/**
 * Appends the entry to the history, which also updates the card's thread. Without a card it queues a direct notice, or
 * the card if the destination's mention has to be in its thread. In a storm no card is posted for people who can't be
 * reached, since nothing limits their number.
 */
export async function appendAndNotify(
  tx: Transaction,
  { notify, orDestination, boomerang, ...entry }: BoomerangEntry,
): Promise<void> {
  await append(tx, entry);
  if (boomerang.cardId !== null) return;
  const { alertId, event, actor } = entry;
  if (orDestination && event.kind !== "boomerang_unreachable") await postDigestedCard(tx, { alertId });
  if (!notify) return;
  const words = sentence(event, actor);
  await queueDirectNotice(tx, {
    installationId: boomerang.installationId,
    alertId,
    userId: notify.id,
    words,
  });
}

/**
 * The person to notify of an outcome: the alert's assignee, else the user who asked; null for an API token. Nobody asked
 * an automatic Boomerang: without an assignee the thread mentions whom its destination mentions.
 */
export async function whomToTell(
  tx: Transaction,
  about: { alertId: string; askedBy: Actor },
): Promise<{ notify: Person | null; orDestination?: true }> {
  const notify = await personToNotify(tx, about);
  return { notify, ...(notify === null && isAutomatic(about.askedBy) && { orDestination: true as const }) };
}

async function personToNotify(
  tx: Transaction,
  { alertId, askedBy }: { alertId: string; askedBy: Actor },
): Promise<Person | null> {
  const asker = askedBy.type === "user" ? askedBy.id : null;
  const { rows } = await sql<Person>`
    select u.id, u.email, u.name from alerts a join users u on u.id = coalesce(a.assignee_id, ${asker}::uuid)
    where a.id = ${alertId}`.execute(tx);
  return rows[0] ?? null;
}

/** The jobs of Boomerangs: reminders and expiry. */
export function boomerangJobs(deps: Deps): JobSource[] {
  return [{ maxConcurrent: 1, claim: () => claimDue(deps) }];
}

/** Claims a Boomerang to remind or expire. The claim moves `due_at` by a minute, so a dead node delays it that long. */
async function claimDue({ db }: Deps): Promise<Job | null> {
  const { rows } = await sql<{ id: string }>`
    update boomerangs set due_at = now() + interval '1 minute'
    where id = (select id from boomerangs where due_at <= now() order by due_at limit 1 for update skip locked)
    returning id`.execute(db.kysely);
  const [due] = rows;
  if (!due) return null;
  return { run: () => transaction(db, (tx) => remindOrExpire(tx, due.id)), line: null, restMs: 0 };
}
