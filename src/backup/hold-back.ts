import { type RawBuilder, sql } from "kysely";
import { systemActor } from "../alert/alert.ts";
import type { Transaction } from "../db/transaction.ts";
import { destinationTypes } from "../deliver/destination-types.ts";
import { appendToAll } from "../history/append.ts";
import { skipChanges } from "../outbox/changes.ts";
import { forgo } from "../outbox/deliveries.ts";

/** Why something from a backup is not sent. */
export const maybeSent = "it waited when the backup was taken, so it may have been sent since";

const bySystem = { actor: systemActor, via: "system" } as const;

/**
 * Makes a restored database one that sends nothing (docs/decisions/0053-backups.md): no line opens until it is taken
 * over. What can neither be looked up nor be sent twice without harm ends here, and so do sign-ins and requests under way.
 */
export async function holdBack(tx: Transaction): Promise<void> {
  await sql`update lines set leased_until = 'infinity', leased_by = null`.execute(tx);
  await endUnderWay(tx);
  const unsafe = destinationTypes.filter((one) => !one.dropsRepeats && one.type !== "slack-bot");
  const types = unsafe.map(({ type }) => type);
  await endUnsent(tx, sql`t.type = any(${types}::text[])`, maybeSent);
  const ofTypes = sql`d.destination_id in (select id from destinations where type = any(${types}::text[]))`;
  await skipChanges({ where: ofTypes }).execute(tx);
  await holdBoomerangs(tx);
}

/** Ends the unsent deliveries at these destinations `t`, each with a history entry. Returns their number. */
export async function endUnsent(tx: Transaction, which: RawBuilder<unknown>, why: string): Promise<number> {
  const { rows } = await sql<{ alertId: string; id: string; name: string }>`
    ${forgo({ from: sql`destinations t`, where: sql`t.id = d.destination_id and ${which}` }, why)}
    returning d.alert_id as "alertId", t.id, t.display_name as name`.execute(tx);
  for (const ended of Map.groupBy(rows, ({ id }) => id).values()) {
    const [{ id, name } = { id: "", name: "" }] = ended;
    const data = { destination: { id, name }, why };
    const alertIds = ended.map(({ alertId }) => alertId);
    await appendToAll(tx, alertIds, { event: { kind: "not_delivered", data }, ...bySystem });
  }
  return rows.length;
}

/** Of people who were signed in, or in the middle of something, when the backup was taken. */
const underWay = [
  "sessions",
  "pending_sign_ins",
  "passkey_challenges",
  "password_links",
  "unconfirmed_answers",
  "slack_installs",
  "slack_inbox",
  "slack_unverified",
  "assignment_mails",
] as const;

async function endUnderWay(tx: Transaction): Promise<void> {
  for (const table of underWay) await tx.deleteFrom(table).execute();
  await sql`update fault_mails set due_at = null where due_at is not null`.execute(tx);
  await sql`delete from messages where kind in ('reminder', 'direct-notice') and state <> 'stands'`.execute(
    tx,
  );
}

/** Questions that detections were about to ask, and what was to follow or to be due next. */
async function holdBoomerangs(tx: Transaction): Promise<void> {
  const { rows } = await sql<{
    id: string;
  }>`delete from automatic_questions returning alert_id as id`.execute(tx);
  const event = { kind: "boomerang_not_asked", data: { why: maybeSent } } as const;
  await appendToAll(
    tx,
    rows.map(({ id }) => id),
    { event, ...bySystem },
  );
  await sql`update boomerangs set followed_at = now()
    where automatic is not null and followed_at is null and state <> 'open'`.execute(tx);
  await sql`update boomerangs set reminded = true, due_at = 'infinity' where state = 'open'`.execute(tx);
}
