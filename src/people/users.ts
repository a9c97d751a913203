import { type Kysely, sql } from "kysely";
import type { Permission } from "../alert/permission.ts";
import type { Tables } from "../db/tables/tables.ts";

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

const ties = sql<User["slackUsers"]>`coalesce((
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
    .select(ties.as("slackUsers"));
}
