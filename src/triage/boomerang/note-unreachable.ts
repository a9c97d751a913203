import { sql } from "kysely";
import { systemActor } from "../../alert/actor.ts";
import type { Person } from "../../alert/person.ts";
import type { Transaction } from "../../db/transaction.ts";
import { findAsk } from "../../boomerang/find-boomerangs.ts";
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
