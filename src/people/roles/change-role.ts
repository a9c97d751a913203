import { sql } from "kysely";
import { v7 as uuid } from "uuid";
import { type Permission, permissions } from "../../alert/permission.ts";
import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import { notify } from "../../db/notify.ts";
import type { Transaction } from "../../db/transaction.ts";
import { audit } from "../audit-log/audit.ts";
import { type Changes, changesBetween, wantedChanges } from "../audit-log/changes.ts";
import { lacks, type Principal } from "../principal.ts";
import { type Role, roleById } from "../roles.ts";
import { lockPeople } from "../users.ts";
import { countManagers, isManager, lastManagersRole } from "./last-manager.ts";

interface RoleFields {
  name: string;
  permissions: Permission[];
}

/** Enough for any team, and few enough to read. */
const maxRoles = 100;

/** Creates a role. A refusal if the name is taken, or if it has a permission that `by` lacks. */
export async function createRole(
  tx: Transaction,
  by: Principal,
  fields: RoleFields,
): Promise<Role | Refusal> {
  await lockPeople(tx);
  const wanted = inOrder(fields);
  const refused =
    decideRoleChange(by, { before: null, after: wanted }, null) ??
    (await nameTaken(tx, wanted.name, null)) ??
    (await tooManyRoles(tx));
  if (refused) return refused;
  const id = uuid();
  await tx
    .insertInto("roles")
    .values({ id, ...wanted })
    .execute();
  await noteChange(tx, by, { action: "role.created", id, changes: wantedChanges({ ...wanted }) });
  return roleById(tx, id);
}

/** Updates the given fields. What the role's users and their tokens may do changes with it at once. */
export async function changeRole(
  tx: Transaction,
  by: Principal,
  {
    id,
    change,
  }: { id: string; change: { name?: string | undefined; permissions?: Permission[] | undefined } },
): Promise<Role | Refusal> {
  await lockPeople(tx);
  const before = await roleById(tx, id);
  if (isRefusal(before)) return before;
  const { name = before.name, permissions: wanted = before.permissions } = change;
  const after = inOrder({ name, permissions: wanted });
  const refused =
    decideRoleChange(by, { before, after }, await managersOf(tx, id)) ?? (await nameTaken(tx, name, id));
  if (refused) return refused;
  await tx.updateTable("roles").set(after).where("id", "=", id).execute();
  const changes = changesBetween({ ...before }, { ...after });
  await noteChange(tx, by, { action: "role.changed", id, changes });
  return roleById(tx, id);
}

/** Deletes a role that nobody has. Otherwise the refusal says who has it. */
export async function deleteRole(tx: Transaction, by: Principal, id: string): Promise<Refusal | null> {
  await lockPeople(tx);
  const before = await roleById(tx, id);
  if (isRefusal(before)) return before;
  const refused = decideRoleChange(by, { before, after: null }, null) ?? (await stillHeld(tx, before));
  if (refused) return refused;
  const { name, permissions: held } = before;
  const changes = { name: { from: name, to: null }, permissions: { from: held, to: null } };
  await noteChange(tx, by, { action: "role.deleted", id, changes });
  await tx.deleteFrom("roles").where("id", "=", id).execute();
  return null;
}

interface RoleState {
  name: string;
  permissions: readonly Permission[];
  builtIn?: boolean;
}

/** How many enabled users with Manage Users have the role, and how many have it from another one. */
interface Managers {
  here: number;
  elsewhere: number;
}

/**
 * Whether `by` may change a role: null before is a new one, null after a deleted one. Refused for a built-in role, if the
 * role has before or after a permission that `by` lacks, and if no enabled user would have Manage Users. That holds for
 * one's own role too.
 */
export function decideRoleChange(
  by: Pick<Principal, "permissions">,
  { before, after }: { before: RoleState | null; after: RoleState | null },
  managers: Managers | null,
): Refusal | null {
  if (before?.builtIn) return builtIn(before);
  const needed = [...(before?.permissions ?? []), ...(after?.permissions ?? [])];
  const lacking = permissions.filter((one) => needed.includes(one) && !by.permissions.has(one));
  if (lacking.length > 0) return lacks(lacking, after ? "permissions" : undefined);
  const givesUp = after && !isManager({ enabled: true, permissions: after.permissions });
  return givesUp && managers && managers.here > 0 && managers.elsewhere === 0 ? lastManagersRole : null;
}

function builtIn({ name }: RoleState): Refusal {
  return {
    refused: "conflict",
    why: `${name} is a built-in role, which can't be changed or deleted. Create a role of your own instead, such as a copy.`,
  };
}

async function managersOf(tx: Transaction, role: string): Promise<Managers> {
  const elsewhere = await countManagers(tx, { role });
  return { here: (await countManagers(tx)) - elsewhere, elsewhere };
}

/** Each permission once, in the order in which they are listed everywhere. */
function inOrder({ name, permissions: wanted }: RoleFields): RoleFields {
  return { name, permissions: permissions.filter((one) => wanted.includes(one)) };
}

async function nameTaken(tx: Transaction, name: string, roleId: string | null): Promise<Refusal | null> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from roles where lower(name) = lower(${name})`.execute(tx);
  const [owner] = rows;
  if (!owner || owner.id === roleId) return null;
  return { refused: "conflict", field: "name", why: `There is already a role ${owner.name}.` };
}

async function tooManyRoles(tx: Transaction): Promise<Refusal | null> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from roles`.execute(tx);
  if ((rows[0]?.count ?? 0) < maxRoles) return null;
  return { refused: "conflict", why: `There are ${maxRoles} roles, which is the limit. Delete one first.` };
}

const maxNamed = 5;

async function stillHeld(tx: Transaction, { id, name, users }: Role): Promise<Refusal | null> {
  if (users === 0) return null;
  const { rows } = await sql<{ label: string }>`
    select case when enabled then name else name || ' (disabled)' end as label from users where role_id = ${id}
    order by enabled desc, lower(name), id limit ${maxNamed}`.execute(tx);
  const more = users > rows.length ? [`${users - rows.length} more`] : [];
  const who = new Intl.ListFormat("en-GB").format([...rows.map(({ label }) => label), ...more]);
  const has = users === 1 ? "has" : "have";
  return { refused: "conflict", why: `${who} ${has} the role ${name}. Give them another role first.` };
}

/** Adds the change to the audit log and notifies live readers; a deleted role is still there, for its name. */
async function noteChange(
  tx: Transaction,
  by: Principal,
  {
    action,
    id,
    changes,
  }: { action: "role.created" | "role.changed" | "role.deleted"; id: string; changes: Changes },
): Promise<void> {
  await audit(tx, by, { action, target: { type: "role", id }, changes });
  await notify(tx, { settings: "users" });
}
