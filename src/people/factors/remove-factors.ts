import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import type { Transaction } from "../../db/transaction.ts";
import { audit } from "../audit-log/audit.ts";
import { decideChange } from "../change-user.ts";
import type { Principal } from "../principal.ts";
import { endSessionsOf } from "../sessions.ts";
import { findUser, lockPeople } from "../users.ts";
import { findFactors } from "./factors.ts";
import { forgetRecoveryCodes } from "./recovery-codes.ts";

/**
 * Removes all second factors of a user, for somebody who has lost them: ends their sessions and pending sign-ins. As with
 * password links, a refusal if the user has a permission that `by` lacks.
 */
export async function removeFactors(
  tx: Transaction,
  by: Principal,
  { userId, now }: { userId: string; now: Date },
): Promise<Refusal | null> {
  await lockPeople(tx);
  const user = await findUser(tx, userId);
  if (isRefusal(user)) return user;
  const refused = decideChange(by, { before: user, after: user }, 0);
  if (refused) return refused;
  const { passkeyHosts, totp } = await findFactors(tx, userId);
  await tx.deleteFrom("passkeys").where("user_id", "=", userId).execute();
  await tx.deleteFrom("totps").where("user_id", "=", userId).execute();
  await forgetRecoveryCodes(tx, userId);
  await endSessionsOf(tx, userId, now);
  const entry = {
    action: "user.factors_removed",
    target: { type: "user", id: userId },
    changes: null,
  } as const;
  await audit(tx, by, { ...entry, data: { passkeys: passkeyHosts.length, totp } });
  return null;
}
