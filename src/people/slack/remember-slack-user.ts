import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables/tables.ts";
import type { SlackUser } from "../../slack/client/people.ts";

/** Keeps what Slack said about somebody, with the time when it was read. */
export async function rememberSlackUser(
  db: Kysely<Tables>,
  installationId: string,
  user: SlackUser,
  readAt: Date,
): Promise<void> {
  const facts = {
    team_id: user.teamId,
    enterprise_id: user.enterpriseId,
    email: user.email,
    name: user.name,
    deleted: user.deleted,
    is_bot: user.bot,
    is_guest: user.guest,
    email_confirmed: user.emailConfirmed !== false,
    read_at: readAt,
  };
  await db
    .insertInto("slack_users")
    .values({ installation_id: installationId, slack_user_id: user.id, ...facts })
    .onConflict((conflict) => conflict.columns(["installation_id", "slack_user_id"]).doUpdateSet(facts))
    .execute();
}
