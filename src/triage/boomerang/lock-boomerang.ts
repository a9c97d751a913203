import { sql } from "kysely";
import type { Actor } from "../../alert/actor.ts";
import type { Transaction } from "../../db/transaction.ts";

export interface LockedBoomerang {
  alertId: string;
  installationId: string;
  cardId: string | null;
  askedBy: Actor;
  state: "open" | "answered" | "expired" | "cancelled";
  /** Names of those who have neither answered nor turned out to be unreachable. */
  unanswered: string[];
  /** Its time is over. */
  over: boolean;
}

/** A question, locked until the transaction ends, as the database's clock has it. */
export async function lockBoomerang(tx: Transaction, id: string): Promise<LockedBoomerang | null> {
  await sql`select from boomerangs where id = ${id} for update`.execute(tx);
  const { rows } = await sql<LockedBoomerang>`
    select b.alert_id as "alertId", b.installation_id as "installationId", b.card_id as "cardId",
      b.asked_by as "askedBy", b.state, b.expires_at <= now() as over,
      coalesce((select array_agg(k.name order by k.id) from boomerang_asks k
        where k.boomerang_id = b.id and k.state in ('waiting', 'sent')), '{}') as unanswered
    from boomerangs b where b.id = ${id}`.execute(tx);
  return rows[0] ?? null;
}
