import { type Kysely, sql } from "kysely";

/** Slack users that an admin has linked to Tocsin users, whatever their email in Slack. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table slack_ties (
      installation_id uuid not null references installations,
      slack_user_id text not null,
      user_id uuid not null references users,
      tied_at timestamptz not null default now(),
      primary key (installation_id, slack_user_id),
      -- One Slack user per Tocsin user: Slack's picker shows one person as the assignee.
      unique (user_id, installation_id)
    )`.execute(db);
}
