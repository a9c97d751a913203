import { isRefusal, type Refusal } from "../alert/refusal.ts";
import { ring } from "../db/notify.ts";
import type { Transaction } from "../db/transaction.ts";
import { audit } from "./audit.ts";
import type { Principal } from "./principal.ts";
import { findRole } from "./roles/find-role.ts";
import { endSessionsOf } from "./sign-in/end-sessions.ts";
import { countOtherManagers } from "./users/count-other-managers.ts";
import { decideChange } from "./users/decide-change.ts";
import { emailTaken } from "./users/email-taken.ts";
import { findUser } from "./users/find-user.ts";
import { lockPeople } from "./users/lock-people.ts";
import type { User } from "./users.ts";

export interface UserChange {
  email?: string | undefined;
  name?: string | undefined;
  role?: string | undefined;
  enabled?: boolean | undefined;
}

/** Changes what is named of a user. Who is disabled is signed out everywhere at once, and their links are void. */
export async function changeUser(
  tx: Transaction,
  by: Principal,
  { id, change, now }: { id: string; change: UserChange; now: Date },
): Promise<User | Refusal> {
  await lockPeople(tx);
  const before = await findUser(tx, id);
  if (isRefusal(before)) return before;
  const role = await findRole(tx, change.role ?? before.role);
  if (isRefusal(role)) return role;
  const { email = before.email, name = before.name, enabled = before.enabled } = change;
  const after = { enabled, permissions: role.permissions };
  const refused =
    decideChange(by, { before, after }, await countOtherManagers(tx, id)) ??
    (await emailTaken(tx, email, id));
  if (refused) return refused;
  const row = { email, name, enabled, role_id: role.id, updated_at: now };
  await tx.updateTable("users").set(row).where("id", "=", id).execute();
  if (!enabled) await shutOut(tx, id, now);
  await audit(tx, by, { action: "user.changed", target: { type: "user", id }, data: { ...change } });
  await ring(tx, { settings: "users" });
  return findUser(tx, id);
}

async function shutOut(tx: Transaction, id: string, now: Date): Promise<void> {
  await endSessionsOf(tx, id, now);
  await tx.deleteFrom("password_links").where("user_id", "=", id).execute();
}
