import { sql } from "kysely";
import type { Actor } from "../alert/alert.ts";
import type { Permission } from "../alert/permission.ts";
import type { Refusal } from "../alert/refusal.ts";
import type { Database } from "../db/connect.ts";
import { type Transaction, transaction } from "../db/transaction.ts";
import { heldPermissions } from "./check-token.ts";
import { commandLine } from "./principal.ts";
import { lockPeople } from "./users.ts";

/**
 * Runs a change in a transaction, if the actor has the permission in it and until it ends; otherwise a refusal. The
 * request was judged when it arrived, and the actor may have lost the permission since. `work` gets the permissions that
 * the actor has now.
 */
export function transactionAs<T>(
  db: Pick<Database, "kysely">,
  { actor }: { actor: Actor },
  needed: Permission,
  work: (tx: Transaction, held: ReadonlySet<Permission>) => Promise<T>,
): Promise<T | Refusal> {
  return transaction(db, async (tx): Promise<T | Refusal> => {
    // Before the actor's row, or two people who change each other would wait for each other.
    if (needed === "Manage Users") await lockPeople(tx);
    const held = await holdPermissions(tx, actor);
    return held.has(needed) ? work(tx, held) : lost(actor, needed);
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

function lost({ name }: Actor, needed: Permission): Refusal {
  return {
    refused: "forbidden",
    why: `This needs the permission ${needed}, which ${name} has lost meanwhile.`,
  };
}
