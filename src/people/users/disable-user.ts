import type { Refusal } from "../../alert/refusal.ts";
import { isRefusal } from "../../alert/refusal.ts";
import type { Transaction } from "../../db/transaction.ts";
import type { Principal } from "../principal.ts";
import { changeUser } from "../change-user.ts";

/**
 * Disables a user for good: signed out, without a password, without valid tokens. The row stays, since history
 * and audit name it; enabled again, they need a new link.
 */
export async function disableUser(
  tx: Transaction,
  by: Principal,
  { id, now }: { id: string; now: Date },
): Promise<Refusal | null> {
  const user = await changeUser(tx, by, { id, change: { enabled: false }, now });
  if (isRefusal(user)) return user;
  await tx.updateTable("users").set({ password_hash: null }).where("id", "=", id).execute();
  return null;
}
