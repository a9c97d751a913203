import { type Kysely, sql } from "kysely";

/** The bot's name in Slack, which people type to invite and mention it. Null until the next `auth.test`. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table installations add bot_name text;
    alter table lines add greeted boolean not null default false`.execute(db);
}
