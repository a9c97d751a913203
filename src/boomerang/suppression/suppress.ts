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

interface Ask {
  alertId: string;
  kind: "person" | "channel";
  name: string;
  email: string | null;
  answer: Answer | null;
}

interface Wish {
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

/** Lets repeats of the alert's detection for a person who said Yes open no alert for a while. */
export async function suppress(tx: Transaction, wish: Wish): Promise<Suppression | Refusal> {
  const { askId, actor, via } = wish;
  const ask = await answered(tx, askId);
  if (!ask) return { refused: "not_found", why: "Nobody was asked this." };
  const { alertId } = ask;
  await sql`select from alerts where id = ${alertId} for update`.execute(tx);
  const alert = await findAlert(tx, alertId);
  if (!alert) return { refused: "not_found", why: "There is no such alert." };
  const people = peopleIn(alert, await emailFields(tx));
  const running = await isRunning(tx, ask);
  const decision = decideSuppression({ ask, alert: { severity: alert.severity, people }, running });
  if (decision.kind === "refuse") return { refused: "conflict", why: decision.why };
  const hours = durationHours[wish.for];
  const { rows } = await sql<Suppression>`
    insert into suppressions (id, alert_id, ask_id, source_id, detection_id, person, email, people, ends_at)
    values (${uuidv7()}, ${alertId}, ${askId}, ${alert.source.id}, ${alert.detection.id}, ${ask.name},
      ${decision.email}, ${people}, now() + make_interval(hours => ${hours}))
    returning id, alert_id as "alertId", person, ends_at as until`.execute(tx);
  const [made] = rows;
  if (!made) throw new Error(`nothing came of suppressing repeats of ${alertId}`);
  const data = { suppressionId: made.id, person: made.person, hours };
  await append(tx, { alertId, event: { kind: "suppression_set", data }, actor, via });
  return made;
}

async function answered(tx: Transaction, askId: string): Promise<Ask | undefined> {
  const { rows } = await sql<Ask>`
    select b.alert_id as "alertId", k.kind, k.name, k.email, k.answer
    from boomerang_asks k join boomerangs b on b.id = k.boomerang_id where k.id = ${askId}`.execute(tx);
  return rows[0];
}

async function isRunning(tx: Transaction, { alertId, email }: Ask): Promise<boolean> {
  const { rows } = await sql`
    select from suppressions where alert_id = ${alertId} and email = lower(${email}) and ended_at is null and ends_at > now()`.execute(
    tx,
  );
  return rows.length > 0;
}

interface Confirmed {
  /** Somebody who was asked. */
  ask: { kind: "person" | "channel"; name: string; email: string | null; answer: Answer | null };
  alert: { severity: Severity; people: readonly string[] };
  /** Repeats for them are suppressed already. */
  running: boolean;
}

type SuppressionDecision = { kind: "suppress"; email: string } | { kind: "refuse"; why: string };

/** May repeats be suppressed after this answer? (spec section 7) A refusal says what would be needed. */
export function decideSuppression({ ask, alert, running }: Confirmed): SuppressionDecision {
  const email = ask.email?.toLowerCase();
  if (ask.kind === "channel")
    return refuse(
      "A channel answered, so it isn't known whose repeats to suppress. Ask the person themselves.",
    );
  if (ask.answer?.kind !== "yes")
    return refuse(`${ask.name} has not answered Yes. Only then can repeats be suppressed.`);
  if (alert.severity === "CRITICAL")
    return refuse("The alert is CRITICAL. Repeats of these are never suppressed.");
  if (!email || !alert.people.includes(email))
    return refuse(`The alert doesn't name ${ask.name} by e-mail, so repeats for them can't be told apart.`);
  if (running) return refuse(`Repeats for ${ask.name} are suppressed already.`);
  return { kind: "suppress", email };
}

function refuse(why: string): SuppressionDecision {
  return { kind: "refuse", why };
}

interface Ending {
  actor: Actor;
  via: Via;
  because: "reopened" | "asked";
}

/** Lets repeats open alerts again, of a whole alert or of one suppression. Gives back how many ended. */
export async function endSuppressions(
  tx: Transaction,
  which: { alertId: string } | { id: string },
  { actor, via, because }: Ending,
): Promise<number> {
  const condition = "alertId" in which ? sql`alert_id = ${which.alertId}` : sql`id = ${which.id}`;
  // Whoever swallows a repeat locks the alert first, then these.
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

/** Whom an alert or a report is about, by e-mail in small letters. */
export function peopleIn({ context }: Pick<Alert, "context">, fields: readonly string[]): string[] {
  return [...new Set(emailsIn(context, fields).map((email) => email.toLowerCase()))];
}

/** Somebody who answered Yes, and until when repeats for them are suppressed. */
interface ConfirmedBy {
  askId: string;
  name: string;
  until: Date | null;
}

/** Who owned up to an alert, each with their newest Yes. */
export async function whoConfirmed(db: Database["kysely"], alertId: string): Promise<ConfirmedBy[]> {
  const { rows } = await sql<ConfirmedBy>`
    select distinct on (k.slack_id) k.id as "askId", k.name, p.ends_at as until
    from boomerangs b join boomerang_asks k on k.boomerang_id = b.id
      left join suppressions p on p.alert_id = b.alert_id and p.email = lower(k.email)
        and p.ended_at is null and p.ends_at > now()
    where b.alert_id = ${alertId} and k.kind = 'person' and k.answer->>'kind' = 'yes'
    order by k.slack_id, k.answered_at desc`.execute(db);
  return rows;
}
