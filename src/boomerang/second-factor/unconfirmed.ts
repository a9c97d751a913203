import { randomUUID } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { Answer } from "../../alert/boomerang.ts";
import type { Refusal } from "../../alert/refusal.ts";
import type { Tables } from "../../db/tables/tables.ts";
import type { Transaction } from "../../db/transaction.ts";
import { audit, type Doer } from "../../people/audit-log/audit.ts";
import { isAskedAgain } from "../../people/oidc/confirm-by-provider.ts";
import type { Claims } from "../../people/oidc/read-claims.ts";
import { type Answerer, takeAnswer } from "../take-answer.ts";

/** How long an answer waits for its confirmation. */
const minutes = 5;

/** An answer that counts once the person has confirmed it (docs/behaviour.md#second-factor-of-answers). */
interface Given {
  answer: Answer;
  by: Answerer;
  doer: Doer;
}

/**
 * Keeps an answer until it is confirmed, in place of an earlier one of the same person. Returns its id, which only this
 * person is shown.
 */
export async function keepUnconfirmed(
  db: Kysely<Tables>,
  { askId, email, given, now }: { askId: string; email: string; given: Given; now: Date },
): Promise<string> {
  const id = randomUUID();
  const expires_at = new Date(now.getTime() + minutes * 60_000);
  await sql`
    with earlier as (delete from unconfirmed_answers
      where ask_id = ${askId} and given -> 'by' ->> 'slackUserId' = ${given.by.slackUserId})
    insert into unconfirmed_answers (id, ask_id, email, given, expires_at)
    values (${id}, ${askId}, ${email}, ${JSON.stringify(given)}, ${expires_at})`.execute(db);
  return id;
}

interface Unconfirmed {
  askId: string;
  alertId: string;
  question: string;
  /** Of the person in Slack. */
  email: string;
  given: Given;
}

/** An answer that waits for its confirmation; null after 5 minutes, and once it is confirmed. */
export async function findUnconfirmed(
  db: Kysely<Tables>,
  id: string,
  now: Date,
): Promise<Unconfirmed | null> {
  const { rows } = await sql<Unconfirmed>`
    select a.ask_id as "askId", b.alert_id as "alertId", a.email, a.given, b.question
    from unconfirmed_answers a join boomerang_asks k on k.id = a.ask_id join boomerangs b on b.id = k.boomerang_id
    where a.id = ${id} and a.expires_at > ${now}`.execute(db);
  return rows[0] ?? null;
}

export const tooLate: Refusal = {
  refused: "not_found",
  why: "This answer can't be confirmed any more: it was confirmed already, or 5 minutes are over. Answer again in Slack.",
};

/**
 * Why a sign-in at the provider doesn't confirm an answer, for the person; null if it does. It must be of the email that
 * they have in Slack, and begun after they answered.
 */
export function whyNotConfirmed(
  { email }: Pick<Unconfirmed, "email">,
  { claims, startedAt }: { claims: Claims; startedAt: Date },
): string | null {
  if (claims.email?.toLowerCase() !== email.toLowerCase())
    return `You signed in as ${claims.email ?? "somebody without an email address"}, but the answer was given by ${email}. Open the link in Slack again and sign in with that address.`;
  if (!claims.emailVerified) return `The sign-in says that ${email} is not verified. Ask your administrator.`;
  if (!isAskedAgain(claims, { startedAt }))
    return "The sign-in didn't ask you again, or didn't say when. Open the link in Slack again.";
  return null;
}

/** Adds a confirmation that was refused to the audit log. */
export function auditNotConfirmed(
  db: Kysely<Tables>,
  by: Doer,
  { alertId, why }: { alertId: string; why: string },
): Promise<void> {
  const target = { type: "alert", id: alertId } as const;
  const entry = { action: "boomerang.answer", target, changes: null } as const;
  return audit(db, by, { ...entry, outcome: "refused", data: { reason: `not confirmed: ${why}` } });
}

/** Records a confirmed answer. `confirmedBy` is the provider's name or `a passkey`. */
export async function takeConfirmed(
  tx: Transaction,
  {
    id,
    confirmedBy,
    origin,
    now,
  }: { id: string; confirmedBy: string; origin: Pick<Doer, "ip" | "agent">; now: Date },
): Promise<Refusal | "recorded"> {
  const found = await findUnconfirmed(tx, id, now);
  const { rows } = await sql`delete from unconfirmed_answers where id = ${id} returning id`.execute(tx);
  if (!found || rows.length === 0) return tooLate;
  const { askId, given } = found;
  const { answer, by } = given;
  return takeAnswer(tx, { askId, by, doer: { ...given.doer, ...origin }, answer, confirmedBy });
}
