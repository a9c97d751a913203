import { type Kysely, sql } from "kysely";
import type { Person } from "../alert/alert.ts";
import type { Permission } from "../alert/permission.ts";
import type { Refusal } from "../alert/refusal.ts";
import type { Tables } from "../db/tables/tables.ts";
import type { Transaction } from "../db/transaction.ts";
import type { UserBody } from "./contract.ts";

/** A user with their role's permissions. */
export interface User {
  id: string;
  email: string;
  name: string;
  role: string;
  permissions: Permission[];
  enabled: boolean;
  hasPassword: boolean;
  byProvider: boolean;
  hasSecondFactor: boolean;
  createdAt: Date;
  /** The Slack users that an admin has linked to this user, with their names in Slack. */
  slackUsers: { installationId: string; slackUserId: string; name: string }[];
  /** Who has their email in each trusted workspace, as Slack last said. */
  slackMatches: UserBody["slackMatches"];
  mailWhenAssigned: boolean;
}

const slackLinks = sql<User["slackUsers"]>`coalesce((
  select json_agg(json_build_object(
    'installationId', installation_id, 'slackUserId', slack_user_id, 'name', s.name) order by tied_at)
  from slack_ties t join slack_users s using (installation_id, slack_user_id) where t.user_id = users.id), '[]')`;

/** What was looked up for another email counts no more. */
const slackMatches = sql<User["slackMatches"]>`coalesce((
  select json_agg(json_build_object(
    'installationId', i.id, 'workspace', coalesce(i.team_name, i.enterprise_name, 'Slack'),
    'state', coalesce(m.state, 'unknown'), 'slackUserId', m.slack_user_id, 'name', m.name, 'why', m.why,
    'lookedUpAt', m.looked_up_at) order by i.id)
  from installations i left join slack_matches m
    on m.installation_id = i.id and m.user_id = users.id and lower(m.email) = lower(users.email)
  where i.trusted), '[]')`;

/** The base query of users. */
export function selectUsers(db: Kysely<Tables>) {
  return db
    .selectFrom("users")
    .innerJoin("roles", "roles.id", "users.role_id")
    .select(["users.id", "email", "users.name", "roles.name as role", "permissions", "enabled"])
    .select(sql<boolean>`password_hash is not null`.as("hasPassword"))
    .select(sql<boolean>`exists (select from user_identities i where i.user_id = users.id)`.as("byProvider"))
    .select(
      sql<boolean>`exists (select from passkeys p where p.user_id = users.id)
        or exists (select from totps t where t.user_id = users.id and t.confirmed_at is not null)`.as(
        "hasSecondFactor",
      ),
    )
    .select(["created_at as createdAt", "mail_when_assigned as mailWhenAssigned"])
    .select([slackLinks.as("slackUsers"), slackMatches.as("slackMatches")]);
}

/** A refusal if a user other than `userId` has this email, ignoring case. */
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
  const hint = owner.enabled ? "" : " That user is disabled; enable them instead.";
  return {
    refused: "conflict",
    field: "email",
    why: `There is already a user with the email ${email}.${hint}`,
  };
}

/** The user with this id. */
export async function findUser(db: Kysely<Tables>, id: string): Promise<User | Refusal> {
  const user = await selectUsers(db).where("users.id", "=", id).executeTakeFirst();
  return user ?? { refused: "not_found", why: "There is no such user." };
}

/** At most `count` enabled users after the one with the id `after`, oldest first. */
export async function listAssignees(
  db: Kysely<Tables>,
  { after, count }: { after: string | null; count: number },
): Promise<Person[]> {
  const { rows } = await sql<Person>`
    select id, email, name from users where enabled and (${after}::uuid is null or id > ${after})
    order by id limit ${count}`.execute(db);
  return rows;
}

/** At most `count` users after the one with the id `after`, oldest first. */
export function listUsers(
  db: Kysely<Tables>,
  { after, count }: { after: string | null; count: number },
): Promise<User[]> {
  const users = selectUsers(db).orderBy("users.id").limit(count);
  return (after === null ? users : users.where("users.id", ">", after)).execute();
}

/**
 * Serialises changes of users and permissions until the transaction ends. Otherwise two admins could disable each other
 * at the same time.
 */
export async function lockPeople(tx: Transaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('tocsin people'))`.execute(tx);
}
