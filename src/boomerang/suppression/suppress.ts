import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Actor, Alert, Severity, Via } from "../../alert/alert.ts";
import { type Answer, durationHours, type SuppressDuration } from "../../alert/boomerang.ts";
import type { Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import type { Transaction } from "../../db/transaction.ts";
import { append } from "../../history/append.ts";
import { findAlert } from "../../history/find-alerts.ts";
import { emailFields, emailsIn } from "../suggest.ts";

interface Recipient {
  alertId: string;
  kind: "person" | "channel";
  name: string;
  email: string | null;
  answer: Answer | null;
}

interface SuppressionRequest {
  askId: string;
  for: SuppressDuration;
  actor: Actor;
  via: Via;
}

interface Suppression {
  id: string;
  alertId: string;
  person: string;
  until: Date;
}

/**
 * Suppresses repeats of the alert's detection (without one, of its dedup string) for a person who answered Yes; a refusal
 * if that is not possible.
 */
export async function suppress(tx: Transaction, request: SuppressionRequest): Promise<Suppression | Refusal> {
  const { askId, actor, via } = request;
  const recipient = await findRecipient(tx, askId);
  if (!recipient) return { refused: "not_found", why: "There is no such recipient." };
  const { alertId } = recipient;
  await sql`select from alerts where id = ${alertId} for update`.execute(tx);
  const alert = await findAlert(tx, alertId);
  if (!alert) return { refused: "not_found", why: "There is no such alert." };
  const people = peopleIn(alert, await emailFields(tx));
  const suppressed = await isSuppressed(tx, recipient);
  const decision = decideSuppression({
    recipient,
    alert: { severity: alert.severity, people },
    suppressed,
  });
  if (decision.kind === "refuse") return { refused: "conflict", why: decision.why };
  const hours = durationHours[request.for];
  const rule = alert.detection?.id ?? alert.dedupString;
  const { rows } = await sql<Suppression>`
    insert into suppressions (id, alert_id, ask_id, source_id, detection_id, person, email, people, ends_at)
    values (${uuidv7()}, ${alertId}, ${askId}, ${alert.source.id}, ${rule}, ${recipient.name},
      ${decision.email}, ${people}, now() + make_interval(hours => ${hours}))
    returning id, alert_id as "alertId", person, ends_at as until`.execute(tx);
  const [made] = rows;
  if (!made) throw new Error(`no suppression was inserted for the alert ${alertId}`);
  const data = { suppressionId: made.id, person: made.person, hours };
  await append(tx, { alertId, event: { kind: "suppression_set", data }, actor, via });
  return made;
}

async function findRecipient(tx: Transaction, askId: string): Promise<Recipient | undefined> {
  const { rows } = await sql<Recipient>`
    select b.alert_id as "alertId", k.kind, k.name, k.email, k.answer
    from boomerang_asks k join boomerangs b on b.id = k.boomerang_id where k.id = ${askId}`.execute(tx);
  return rows[0];
}

async function isSuppressed(tx: Transaction, { alertId, email }: Recipient): Promise<boolean> {
  const { rows } = await sql`
    select from suppressions where alert_id = ${alertId} and email = lower(${email}) and ended_at is null and ends_at > now()`.execute(
    tx,
  );
  return rows.length > 0;
}

interface SuppressionInput {
  recipient: { kind: "person" | "channel"; name: string; email: string | null; answer: Answer | null };
  alert: { severity: Severity; people: readonly string[] };
  /** Whether repeats for the recipient are suppressed already. */
  suppressed: boolean;
}

type SuppressionDecision = { kind: "suppress"; email: string } | { kind: "refuse"; why: string };

/** Whether repeats may be suppressed after this answer; see docs/behaviour.md#7-boomerang. */
export function decideSuppression({ recipient, alert, suppressed }: SuppressionInput): SuppressionDecision {
  const email = recipient.email?.toLowerCase();
  if (recipient.kind === "channel")
    return refuse("A channel's answer doesn't say whose repeats to suppress. Ask the person directly.");
  if (recipient.answer?.kind !== "yes")
    return refuse(`${recipient.name} has not answered Yes. Repeats can only be suppressed after a Yes.`);
  if (alert.severity === "CRITICAL")
    return refuse("The alert is CRITICAL. Repeats of CRITICAL alerts are never suppressed.");
  if (!email || !alert.people.includes(email))
    return refuse(
      `The alert doesn't contain the email of ${recipient.name}, so their repeats can't be recognised.`,
    );
  if (suppressed) return refuse(`Repeats for ${recipient.name} are already suppressed.`);
  return { kind: "suppress", email };
}

function refuse(why: string): SuppressionDecision {
  return { kind: "refuse", why };
}

interface SuppressionEnd {
  actor: Actor;
  via: Via;
  because: "reopened" | "asked";
}

/** Ends all suppressions of an alert, or the one with this id. Returns how many ended. */
export async function endSuppressions(
  tx: Transaction,
  which: { alertId: string } | { id: string },
  { actor, via, because }: SuppressionEnd,
): Promise<number> {
  const condition = "alertId" in which ? sql`alert_id = ${which.alertId}` : sql`id = ${which.id}`;
  // Suppressing a repeat locks the alert first, then its suppressions; the same order here avoids deadlocks.
  await sql`select from alerts where id in (select alert_id from suppressions where ${condition}) for update`.execute(
    tx,
  );
  const { rows } = await sql<{ id: string; alertId: string; person: string }>`
    update suppressions set ended_at = now() where ${condition} and ended_at is null and ends_at > now()
    returning id, alert_id as "alertId", person`.execute(tx);
  for (const { id, alertId, person } of rows) {
    const data = { suppressionId: id, person, because };
    await append(tx, { alertId, event: { kind: "suppression_ended", data }, actor, via });
  }
  return rows.length;
}

/** The lower-case emails of the people whom an alert or report names. */
export function peopleIn({ context }: Pick<Alert, "context">, fields: readonly string[]): string[] {
  return [...new Set(emailsIn(context, fields).map((email) => email.toLowerCase()))];
}

/** A person who answered Yes; `until` is set while their repeats are suppressed. */
interface ConfirmedPerson {
  askId: string;
  name: string;
  until: Date | null;
}

/** The people who answered Yes about an alert, each once, with their newest answer. */
export async function listConfirmed(db: Database["kysely"], alertId: string): Promise<ConfirmedPerson[]> {
  const { rows } = await sql<ConfirmedPerson>`
    select distinct on (k.slack_id) k.id as "askId", k.name, p.ends_at as until
    from boomerangs b join boomerang_asks k on k.boomerang_id = b.id
      left join suppressions p on p.alert_id = b.alert_id and p.email = lower(k.email)
        and p.ended_at is null and p.ends_at > now()
    where b.alert_id = ${alertId} and k.kind = 'person' and k.answer->>'kind' = 'yes'
    order by k.slack_id, k.answered_at desc`.execute(db);
  return rows;
}
