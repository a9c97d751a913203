import { sql } from "kysely";
import type { Actor } from "../../alert/actor.ts";
import type { Person } from "../../alert/person.ts";
import type { Transaction } from "../../db/transaction.ts";

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
