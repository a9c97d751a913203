import { sql } from "kysely";
import type { Refusal } from "../../alert/refusal.ts";
import type { Transaction } from "../../db/transaction.ts";

/** The refusal if somebody other than `userId` has this e-mail, in whatever case. */
export async function emailTaken(
  tx: Transaction,
  email: string,
  userId: string | null,
): Promise<Refusal | null> {
  const owner = await tx
    .selectFrom("users")
    .select(["id", "enabled"])
    .where(sql`lower(email)`, "=", email.toLowerCase())
    .executeTakeFirst();
  if (!owner || owner.id === userId) return null;
  const state = owner.enabled ? "" : " It is disabled; enable it instead.";
  return { refused: "conflict", field: "email", why: `There is a user with the e-mail ${email}.${state}` };
}
