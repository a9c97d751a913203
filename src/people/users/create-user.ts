import { v7 as uuid } from "uuid";
import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import { ring } from "../../db/notify.ts";
import type { Transaction } from "../../db/transaction.ts";
import { audit } from "../audit.ts";
import type { Principal } from "../principal.ts";
import { findRole } from "../roles/find-role.ts";
import { decideChange } from "./decide-change.ts";
import { emailTaken } from "./email-taken.ts";
import { lockPeople } from "./lock-people.ts";

/** Makes a user, who can sign in once they have a password. Refused for an e-mail that somebody has. */
export async function createUser(
  tx: Transaction,
  by: Principal,
  { email, name, role: roleName }: { email: string; name: string; role: string },
): Promise<{ id: string } | Refusal> {
  await lockPeople(tx);
  const role = await findRole(tx, roleName);
  if (isRefusal(role)) return role;
  const after = { enabled: true, permissions: role.permissions };
  const refused = decideChange(by, { before: null, after }, 0) ?? (await emailTaken(tx, email, null));
  if (refused) return refused;
  const id = uuid();
  await tx.insertInto("users").values({ id, email, name, role_id: role.id }).execute();
  const data = { email, name, role: role.name };
  await audit(tx, by, { action: "user.created", target: { type: "user", id }, data });
  await ring(tx, { settings: "users" });
  return { id };
}
