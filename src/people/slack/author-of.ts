import type { Actor } from "../../alert/actor.ts";
import { oneLine } from "../../slack/text/one-line.ts";
import { identify } from "../../connect/identity/identify.ts";

/**
 * Whoever wrote something in Slack, as the history names them: the Tocsin user, else by their name in Slack,
 * marked, so that nobody passes for another.
 */
export async function authorOf(asked: Parameters<typeof identify>[0]): Promise<Actor> {
  const identity = await identify(asked);
  if (identity.kind === "known") return { type: "user", id: identity.user.id, name: identity.user.name };
  const { db, installation, slackUserId } = asked;
  const known = await db
    .selectFrom("slack_users")
    .select("name")
    .where("installation_id", "=", installation.id)
    .where("slack_user_id", "=", slackUserId)
    .executeTakeFirst();
  const name = oneLine(known?.name ?? "", 80) || `Slack user ${slackUserId}`;
  return { type: "system", id: slackUserId, name: `${name} (not a Tocsin user)` };
}
