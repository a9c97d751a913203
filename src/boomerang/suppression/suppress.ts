import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Actor, Via } from "../../alert/actor.ts";
import type { Answer } from "../../alert/boomerang.ts";
import { hoursOf, type SuppressFor } from "../../alert/boomerang.ts";
import type { Refusal } from "../../alert/refusal.ts";
import type { Transaction } from "../../db/transaction.ts";
import { findAlert } from "../../history/find-alerts.ts";
import { record } from "../../history/append.ts";
import { emailFields } from "../../triage/boomerang/email-fields.ts";
import { decideSuppression } from "../../triage/suppression/decide-suppression.ts";
import { peopleIn } from "../../triage/suppression/people-in.ts";

interface Ask {
  alertId: string;
  kind: "person" | "channel";
  name: string;
  email: string | null;
  answer: Answer | null;
}

interface Wish {
  askId: string;
  for: SuppressFor;
  actor: Actor;
  via: Via;
}

export interface Suppression {
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
  const hours = hoursOf[wish.for];
  const { rows } = await sql<Suppression>`
    insert into suppressions (id, alert_id, ask_id, source_id, detection_id, person, email, people, ends_at)
    values (${uuidv7()}, ${alertId}, ${askId}, ${alert.source.id}, ${alert.detection.id}, ${ask.name},
      ${decision.email}, ${people}, now() + make_interval(hours => ${hours}))
    returning id, alert_id as "alertId", person, ends_at as until`.execute(tx);
  const [made] = rows;
  if (!made) throw new Error(`nothing came of suppressing repeats of ${alertId}`);
  const data = { suppressionId: made.id, person: made.person, hours };
  await record(tx, { alertId, event: { kind: "suppression_set", data }, actor, via });
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
