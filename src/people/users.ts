import { type Kysely, sql } from "kysely";
import type { Person } from "../alert/alert.ts";
import type { Permission } from "../alert/permission.ts";
import type { Refusal } from "../alert/refusal.ts";
import type { Tables } from "../db/tables/tables.ts";
import type { Transaction } from "../db/transaction.ts";

/** A user with what their role lets them do. */
export interface User {
  id: string;
  email: string;
  name: string;
  role: string;
  permissions: Permission[];
  enabled: boolean;
  hasPassword: boolean;
  createdAt: Date;
  /** The Slack users to whom an admin has tied them, by the names that Slack gave. */
  slackUsers: { installationId: string; slackUserId: string; name: string }[];
}

const slackLinks = sql<User["slackUsers"]>`coalesce((
  select json_agg(json_build_object(
    'installationId', installation_id, 'slackUserId', slack_user_id, 'name', s.name) order by tied_at)
  from slack_ties t join slack_users s using (installation_id, slack_user_id) where t.user_id = users.id), '[]')`;

/** The query of users as we show them; add what to look for. */
export function selectUsers(db: Kysely<Tables>) {
  return db
    .selectFrom("users")
    .innerJoin("roles", "roles.id", "users.role_id")
    .select(["users.id", "email", "users.name", "roles.name as role", "permissions", "enabled"])
    .select(sql<boolean>`password_hash is not null`.as("hasPassword"))
    .select("created_at as createdAt")
    .select(slackLinks.as("slackUsers"));
}

/** The refusal if somebody other than `userId` has this e-mail, in whatever case. */
export async function emailTaken(
  tx: Transaction,
  email: string,
  userId: string | null,
): Promise<Refusal | null> {
  const owner = await tx
    .selectFrom("users")
    .select(["id", "enabled"])
    .where(sql`lower(email)`, "=", email.toLowerCase())
    .executeTakeFirst();
  if (!owner || owner.id === userId) return null;
  const state = owner.enabled ? "" : " It is disabled; enable it instead.";
  return { refused: "conflict", field: "email", why: `There is a user with the e-mail ${email}.${state}` };
}

/** The user of this id. */
export async function findUser(db: Kysely<Tables>, id: string): Promise<User | Refusal> {
  const user = await selectUsers(db).where("users.id", "=", id).executeTakeFirst();
  return user ?? { refused: "not_found", why: "There is no such user." };
}

/** Enabled users in the order in which they were made, `count` of them after the id `after`. */
export async function listAssignees(
  db: Kysely<Tables>,
  { after, count }: { after: string | null; count: number },
): Promise<Person[]> {
  const { rows } = await sql<Person>`
    select id, email, name from users where enabled and (${after}::uuid is null or id > ${after})
    order by id limit ${count}`.execute(db);
  return rows;
}

/** At most `count` users in the order in which they were made, after the one whose id is `after`. */
export function listUsers(
  db: Kysely<Tables>,
  { after, count }: { after: string | null; count: number },
): Promise<User[]> {
  const users = selectUsers(db).orderBy("users.id").limit(count);
  return (after === null ? users : users.where("users.id", ">", after)).execute();
}

/**
 * Changes to who may do what go one after the other: two admins who disable each other at once must not both
 * see the other as the one who is left. Held until the transaction ends.
 */
export async function lockPeople(tx: Transaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('tocsin people'))`.execute(tx);
}
