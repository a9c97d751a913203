import { sql } from "kysely";
import type { Database } from "../../db/connect.ts";
import type { SlackClient } from "../../slack/client/slack-client.ts";
import { decideIdentity, type Identity, type MatchedUser, type SlackFace } from "./decide-identity.ts";
import type { Installation } from "./find-installation.ts";
import { rememberSlackUser } from "./remember-slack-user.ts";

/** An e-mail in Slack can be changed; what was read longer ago than this doesn't count for a change. */
const freshSeconds = 60;

interface Asked {
  db: Database["kysely"];
  client: SlackClient;
  installation: Installation;
  slackUserId: string;
  now: Date;
}

/** Which Tocsin user is this Slack user now? Asks Slack unless it was asked within the last minute. */
export async function identify(asked: Asked): Promise<Identity> {
  const face = (await fresh(asked)) ?? (await read(asked));
  const user = face?.email ? await matchingUser(asked.db, face.email) : null;
  return decideIdentity(face, asked.installation, user);
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
  const { teamId, enterpriseId, email, name, deleted, bot, guest, emailConfirmed } = user;
  const confirmed = emailConfirmed !== false;
  return {
    teamId,
    enterpriseId,
    email,
    name,
    deleted,
    isBot: bot,
    isGuest: guest,
    emailConfirmed: confirmed,
  };
}

async function matchingUser(db: Database["kysely"], email: string): Promise<MatchedUser | null> {
  const { rows } = await sql<MatchedUser>`
    select u.id, u.email, u.name, u.enabled, r.permissions
    from users u join roles r on r.id = u.role_id where lower(u.email) = ${email.toLowerCase()}`.execute(db);
  return rows[0] ?? null;
}
