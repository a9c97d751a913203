import { sql } from "kysely";
import { systemActor } from "../../alert/actor.ts";
import type { Transaction } from "../../db/transaction.ts";
import { findAsk } from "./find-ask.ts";
import { tell } from "./tell.ts";

/** Somebody could not be asked after all: whoever asked hears of it at once. */
export async function noteUnreachable(tx: Transaction, askId: string, why: string): Promise<void> {
  const asked = await findAsk(tx, askId);
  if (!asked) return;
  const { boomerang, ask } = asked;
  await sql`
    update boomerang_asks set state = 'unreachable', why = ${why}, send_at = null, remind_at = null,
      leased_until = null
    where id = ${askId}`.execute(tx);
  await sql`
    update boomerangs set state = 'answered', due_at = null where id = ${boomerang.id} and not exists (
      select from boomerang_asks where boomerang_id = ${boomerang.id} and state in ('waiting', 'sent'))`.execute(
    tx,
  );
  const { id, email, name } = await asker(tx, boomerang.askedBy.id);
  const notify = id ? { id, email, name } : null;
  const data = { boomerangId: boomerang.id, cardId: boomerang.cardId, to: ask.name, why, notify };
  const event = { kind: "boomerang_unreachable", data } as const;
  await tell(tx, { alertId: boomerang.alertId, event, actor: systemActor, via: "system", notify, boomerang });
}

async function asker(tx: Transaction, userId: string | null) {
  const { rows } = await sql<{ id: string | null; email: string; name: string }>`
    select id, email, name from users where id::text = ${userId}`.execute(tx);
  return rows[0] ?? { id: null, email: "", name: "" };
}
