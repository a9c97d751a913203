import { sql } from "kysely";
import type { Database } from "../../db/connect.ts";
import type { SlackClient } from "../../slack/client/slack-client.ts";
import { asFace } from "./as-face.ts";
import type { SlackFace } from "../../connect/identity/decide-identity.ts";
import type { Installation } from "./find-installation.ts";
import { rememberSlackUser } from "./remember-slack-user.ts";

/** An e-mail in Slack can be changed; what was read longer ago than this doesn't count for a change. */
const freshSeconds = 60;

export interface Asked {
  db: Database["kysely"];
  client: SlackClient;
  installation: Installation;
  slackUserId: string;
  now: Date;
}

/** Somebody as Slack knows them, asked unless it was within the last minute; null if Slack shows nobody. */
export async function faceOf(asked: Asked): Promise<SlackFace | null> {
  return (await fresh(asked)) ?? (await read(asked));
}

async function fresh({ db, installation, slackUserId, now }: Asked): Promise<SlackFace | null> {
  const { rows } = await sql<SlackFace>`
    select team_id as "teamId", enterprise_id as "enterpriseId", email, name, deleted, is_bot as "isBot",
      is_guest as "isGuest", email_confirmed as "emailConfirmed"
    from slack_users
    where installation_id = ${installation.id} and slack_user_id = ${slackUserId}
      and read_at > ${now}::timestamptz - make_interval(secs => ${freshSeconds})`.execute(db);
  return rows[0] ?? null;
}

async function read({ db, client, installation, slackUserId, now }: Asked): Promise<SlackFace | null> {
  const user = await client.usersInfo(slackUserId);
  if (!user) return null;
  await rememberSlackUser(db, installation.id, user, now);
  return asFace(user);
}
