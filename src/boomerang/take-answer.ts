import { sql } from "kysely";
import type { Actor } from "../alert/actor.ts";
import type { Answer } from "../alert/boomerang.ts";
import type { Refusal } from "../alert/refusal.ts";
import type { Transaction } from "../db/transaction.ts";
import { type Answerer, decideAnswer } from "../triage/boomerang/decide-answer.ts";
import { lockAsk } from "./find-boomerangs.ts";
import { tell } from "../triage/boomerang/tell.ts";
import { whomToNotify } from "../triage/boomerang/whom-to-notify.ts";

/** Records an answer; a refusal is for whoever answered. The message is redrawn by the workers. */
export async function takeAnswer(
  tx: Transaction,
  { askId, by, name, answer }: { askId: string; by: Answerer; name: string; answer: Answer },
): Promise<Refusal | "taken"> {
  const asked = await lockAsk(tx, askId);
  if (!asked)
    return { refused: "not_found", why: "This question is no longer in Tocsin. Nothing was recorded." };
  const { boomerang, ask } = asked;
  const decision = decideAnswer({ boomerang, ask, asker: boomerang.askedBy.name }, by);
  if (decision.kind === "refuse") return { refused: "conflict", why: decision.why };
  const answeredBy = JSON.stringify({ id: by.slackUserId, name });
  await sql`
    update boomerang_asks set state = 'answered', answer = ${JSON.stringify(answer)}::jsonb,
      answered_by = ${answeredBy}::jsonb, answered_at = now(), update_at = now(), send_at = null, remind_at = null
    where id = ${askId}`.execute(tx);
  await sql`
    update boomerangs set state = 'answered', due_at = null where id = ${boomerang.id} and not exists (
      select from boomerang_asks where boomerang_id = ${boomerang.id} and state in ('waiting', 'sent'))`.execute(
    tx,
  );
  const { alertId, cardId } = boomerang;
  const notify = answer.kind === "no" ? await whomToNotify(tx, boomerang) : null;
  // An answer needs no Tocsin user; whoever gave it is known to Slack only.
  const actor: Actor = { type: "system", id: by.slackUserId, name };
  const data = { boomerangId: boomerang.id, cardId, answer, notify };
  const event = { kind: "boomerang_answered", data } as const;
  await tell(tx, { alertId, event, actor, via: "slack", notify, boomerang });
  return "taken";
}
