import { sql } from "kysely";
import type { Actor } from "../alert/alert.ts";
import type { Permission } from "../alert/permission.ts";
import type { Refusal } from "../alert/refusal.ts";
import type { Database } from "../db/connect.ts";
import { type Transaction, transaction } from "../db/transaction.ts";
import { heldPermissions } from "./check-token.ts";
import { commandLine, type Principal } from "./principal.ts";
import { lockPeople } from "./users.ts";

/**
 * Runs a change in a transaction, if the actor has the permissions in it and until it ends; otherwise a refusal. The
 * request was judged when it arrived, and the actor may have lost one since. `work` gets the permissions that the actor
 * has now.
 */
export function transactionAs<T>(
  db: Pick<Database, "kysely">,
  { actor }: { actor: Actor },
  needed: Permission | readonly Permission[],
  work: (tx: Transaction, held: ReadonlySet<Permission>) => Promise<T>,
): Promise<T | Refusal> {
  return transaction(db, async (tx): Promise<T | Refusal> => {
    // Before the actor's row, or two people who change each other would wait for each other.
    if ([needed].flat().includes("Manage Users")) await lockPeople(tx);
    const held = await holdPermissions(tx, actor);
    const missing = missingPermissions(needed, held);
    return missing.length === 0 ? work(tx, held) : lost(actor, missing);
  });
}

/** The actor's permissions, which nobody can change until the transaction ends. */
async function holdPermissions(tx: Transaction, { type, id }: Actor): Promise<ReadonlySet<Permission>> {
  if (type === "system" || id === null) return commandLine.permissions;
  return new Set(type === "token" ? await holdToken(tx, id) : await holdUser(tx, id));
}

async function holdUser(tx: Transaction, id: string): Promise<Permission[]> {
  const { rows } = await sql<{ permissions: Permission[] }>`
    select r.permissions from users u join roles r on r.id = u.role_id
    where u.id = ${id} and u.enabled for share of u, r`.execute(tx);
  return rows[0]?.permissions ?? [];
}

async function holdToken(tx: Transaction, id: string): Promise<Permission[]> {
  const { rows } = await sql<{ permissions: Permission[]; created_by: string | null }>`
    select permissions, created_by from api_tokens
    where id = ${id} and revoked_at is null for share`.execute(tx);
  const [token] = rows;
  if (!token) return [];
  const maker_permissions = token.created_by === null ? null : await holdUser(tx, token.created_by);
  return heldPermissions({ ...token, maker_permissions });
}

/** Those of the needed permissions that the caller lacks. */
function missingPermissions(
  needed: Permission | readonly Permission[],
  held: ReadonlySet<Permission>,
): Permission[] {
  return [needed].flat().filter((one) => !held.has(one));
}

/** The refusal of a caller who lacks one of the permissions; null if they have all. */
export function refuseMissing(
  { actor, permissions }: Principal,
  needed: Permission | readonly Permission[],
): Refusal | null {
  const missing = missingPermissions(needed, permissions);
  if (missing.length === 0) return null;
  return { refused: "forbidden", why: missingText(missing, `${actor.name} doesn't have`) };
}

function lost({ name }: Actor, missing: Permission[]): Refusal {
  return { refused: "forbidden", why: missingText(missing, `${name} has lost meanwhile`) };
}

/** Which permissions are missing, and who has them. `who` completes “which …”: `Grace doesn't have`. */
function missingText(missing: Permission[], who: string): string {
  const [what, them] = missing.length > 1 ? ["permissions", "them"] : ["permission", "it"];
  return `This needs the ${what} ${missing.join(" and ")}, which ${who}. People with the role Admin have ${them}.`;
}
