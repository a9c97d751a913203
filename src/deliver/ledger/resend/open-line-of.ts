import { sql } from "kysely";
import type { Refusal } from "../../../alert/refusal.ts";
import type { Transaction } from "../../../db/transaction.ts";

/** The line in which a destination's deliveries wait; a refusal if it takes none. */
export async function openLineOf(tx: Transaction, destinationId: string): Promise<string | Refusal> {
  const { rows } = await sql<{ line: string }>`
    select line from destinations where id = ${destinationId} and deleted_at is null and enabled`.execute(tx);
  const why = "There is no enabled destination with this id.";
  return rows[0]?.line ?? { refused: "invalid", field: "destinationId", why };
}
