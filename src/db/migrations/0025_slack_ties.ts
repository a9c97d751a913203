import { type Kysely, sql } from "kysely";

/** Which Slack user an admin has said is which Tocsin user, whatever their e-mail in Slack. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table slack_ties (
      installation_id uuid not null references installations,
      slack_user_id text not null,
      user_id uuid not null references users,
      tied_at timestamptz not null default now(),
      primary key (installation_id, slack_user_id),
      -- A picker shows one face for an assignee.
      unique (user_id, installation_id)
    )`.execute(db);
}
