import { isRefusal, type Refusal } from "../../../alert/refusal.ts";
import type { Transaction } from "../../../db/transaction.ts";
import type { Principal } from "../../principal.ts";
import { decideChange } from "../../users/decide-change.ts";
import { findUser } from "../../users/find-user.ts";
import { lockPeople } from "../../users/lock-people.ts";

/** Who says which Slack user somebody is could act as them: it takes every permission that they have. */
export async function mayTie(tx: Transaction, by: Principal, userId: string): Promise<Refusal | null> {
  await lockPeople(tx);
  const user = await findUser(tx, userId);
  return isRefusal(user) ? user : decideChange(by, { before: user, after: user }, 1);
}
