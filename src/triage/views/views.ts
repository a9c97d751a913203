import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Person } from "../../alert/alert.ts";
import type { Permission } from "../../alert/permission.ts";
import type { Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import type { Transaction } from "../../db/transaction.ts";
import { auditAndNotify } from "../../people/audit-log/audit.ts";
import { changesBetween } from "../../people/audit-log/changes.ts";
import type { Principal } from "../../people/principal.ts";
import { transactionAs } from "../../people/transaction-as.ts";
import type { NewView, ViewChange } from "./contract.ts";

/** Filters of the list under a name, for one person or for everybody. */
export interface View {
  id: string;
  name: string;
  filters: Record<string, unknown>;
  shared: boolean;
  owner: Person | null;
  createdAt: Date;
  updatedAt: Date;
}

type Reader = Database["kysely"] | Transaction;

/** At most `count` views that this person may see, oldest first: their own, and shared ones. */
export async function listViews(
  db: Reader,
  { userId, after, count }: { userId: string | null; after: string | null; count: number },
): Promise<View[]> {
  const where = after ? sql`v.id > ${after}` : sql`true`;
  return readViews(db, sql`${where} and (v.shared or v.owner_id = ${userId}) order by v.id limit ${count}`);
}

/** A view that this person may see; another person's own view doesn't exist for them. */
export async function findView(
  db: Reader,
  { id, userId }: { id: string; userId: string | null },
): Promise<View | Refusal> {
  const [view] = await readViews(db, sql`v.id = ${id} and (v.shared or v.owner_id = ${userId})`);
  return view ?? viewNotFound;
}

async function readViews(db: Reader, where: ReturnType<typeof sql>): Promise<View[]> {
  const { rows } = await sql<View>`
    select v.id, v.name, v.filters, v.shared, v.created_at as "createdAt", v.updated_at as "updatedAt",
      case when u.id is not null then json_build_object('id', u.id, 'email', u.email, 'name', u.name) end as owner
    from views v left join users u on u.id = v.owner_id where ${where}`.execute(db);
  return rows;
}

const viewNotFound: Refusal = { refused: "not_found", why: "There is no such view." };
const tokensShare: Refusal = {
  refused: "invalid",
  field: "shared",
  why: "must be true: an API token has no views of its own",
};
const maxViews = 100;

/** Why this caller may not make or change a view that is, or becomes, shared; null if they may. */
export function refuseSharing(shared: boolean, held: ReadonlySet<Permission>): Refusal | null {
  if (!shared || held.has("Manage Alerts")) return null;
  const why =
    "Only people with the permission Manage Alerts share views and change shared ones. Save a view of your own instead.";
  return { refused: "forbidden", field: "shared", why };
}

/** Saves a view of the caller. API tokens have no views of their own, only shared ones. */
export function createView(
  db: Database,
  by: Principal,
  { name, filters, shared }: NewView,
): Promise<View | Refusal> {
  return transactionAs(db, by, "View Alerts", async (tx, held) => {
    const refused = refuseSharing(shared, held) ?? (await refuseTooMany(tx, by.userId));
    if (refused) return refused;
    if (!shared && by.userId === null) return tokensShare;
    const id = uuidv7();
    const values = { id, name, shared, owner_id: by.userId, filters: JSON.stringify(filters) };
    await tx.insertInto("views").values(values).execute();
    const changes = { name: { to: name }, shared: { to: shared }, filters: { to: filters } };
    await auditAndNotify(tx, by, {
      what: "views",
      action: "view.created",
      target: { type: "view", id },
      changes,
    });
    return findView(tx, { id, userId: by.userId });
  });
}

async function refuseTooMany(tx: Transaction, userId: string | null): Promise<Refusal | null> {
  const { count } = await tx
    .selectFrom("views")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("owner_id", userId === null ? "is" : "=", userId)
    .executeTakeFirstOrThrow();
  if (count < maxViews) return null;
  return { refused: "invalid", why: `You have ${maxViews} views, which is the most. Delete one first.` };
}

/** Renames a view, changes its filters, or shares it. People with Manage Alerts change shared views of others too. */
export function changeView(
  db: Database,
  by: Principal,
  { id, change }: { id: string; change: ViewChange },
): Promise<View | Refusal> {
  return transactionAs(db, by, "View Alerts", async (tx, held) => {
    const before = await lockView(tx, by, id);
    if ("refused" in before) return before;
    const refused =
      refuseSharing(before.shared || change.shared === true, held) ?? refuseHiding(before, change, by);
    if (refused) return refused;
    const { filters, ...rest } = change;
    const set = { ...rest, ...(filters && { filters: JSON.stringify(filters) }) };
    await tx
      .updateTable("views")
      .set({ ...set, updated_at: sql`now()` })
      .where("id", "=", id)
      .execute();
    const changes = changesBetween({ ...before }, { ...change });
    await auditAndNotify(tx, by, {
      what: "views",
      action: "view.changed",
      target: { type: "view", id },
      changes,
    });
    return findView(tx, { id, userId: by.userId });
  });
}

/** Only its owner can take a shared view back: others would hide it from themselves. */
function refuseHiding({ owner }: View, { shared }: ViewChange, { userId }: Principal): Refusal | null {
  if (shared !== false || (owner && owner.id === userId)) return null;
  return { refused: "invalid", field: "shared", why: "only the owner of a view can stop sharing it" };
}

export function deleteView(db: Database, by: Principal, id: string): Promise<"deleted" | Refusal> {
  return transactionAs(db, by, "View Alerts", async (tx, held) => {
    const before = await lockView(tx, by, id);
    if ("refused" in before) return before;
    const refused = refuseSharing(before.shared, held);
    if (refused) return refused;
    const target = { type: "view", id } as const;
    await auditAndNotify(tx, by, { what: "views", action: "view.deleted", target, changes: null });
    await tx.deleteFrom("views").where("id", "=", id).execute();
    return "deleted";
  });
}

async function lockView(tx: Transaction, { userId }: Principal, id: string): Promise<View | Refusal> {
  await tx.selectFrom("views").select("id").where("id", "=", id).forUpdate().execute();
  return findView(tx, { id, userId });
}
