import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import type { Transaction } from "../../db/transaction.ts";
import { audit } from "../audit.ts";
import type { Principal } from "../principal.ts";
import { decideChange } from "../users/decide-change.ts";
import { findUser } from "../users/find-user.ts";
import { lockPeople } from "../users/lock-people.ts";
import { makeLink } from "../make-link.ts";

/** A new link with which an enabled user sets their password. Whoever has it can act as them. */
export async function makePasswordLink(
  tx: Transaction,
  by: Principal,
  { userId, publicUrl, now }: { userId: string; publicUrl: string; now: Date },
): Promise<string | Refusal> {
  await lockPeople(tx);
  const user = await findUser(tx, userId);
  if (isRefusal(user)) return user;
  const refused = decideChange(by, { before: user, after: user }, 0);
  if (refused) return refused;
  if (!user.enabled) return { refused: "conflict", why: `${user.name} is disabled. Enable them first.` };
  await audit(tx, by, { action: "user.password_link_made", target: { type: "user", id: userId } });
  return makeLink(tx, userId, { publicUrl, now });
}
