import { type Kysely, sql } from "kysely";
import type { Actor } from "../../alert/alert.ts";
import type { Database } from "../../db/connect.ts";
import type { Tables } from "../../db/tables/tables.ts";
import type { SlackClient } from "../../slack/client/slack-client.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import type { SlackUser } from "../../slack/client/workspace.ts";
import { oneLine } from "../../slack/text/text.ts";
import type { Installation } from "../installations/installations.ts";
import {
  decideIdentity,
  type Identity,
  type MatchedUser,
  type SlackFace,
  type Whom,
} from "./decide-identity.ts";

/** Which Tocsin user is this Slack user now? Asks Slack unless it was asked within the last minute. */
export async function identify(asked: Asked & { whom?: Whom }): Promise<Identity> {
  const face = await faceOf(asked);
  const user = (await linkedUser(asked)) ?? (face?.email ? await userOfEmail(asked, face.email) : null);
  return decideIdentity(face, asked.installation, user, asked.whom);
}

async function linkedUser({ db, installation, slackUserId }: Asked): Promise<MatchedUser | null> {
  const { rows } = await sql<MatchedUser>`
    select u.id, u.email, u.name, u.enabled, r.permissions, 'here' as tied
    from slack_ties t join users u on u.id = t.user_id join roles r on r.id = u.role_id
    where t.installation_id = ${installation.id} and t.slack_user_id = ${slackUserId}`.execute(db);
  return rows[0] ?? null;
}

async function userOfEmail({ db, installation }: Asked, email: string): Promise<MatchedUser | null> {
  const { rows } = await sql<MatchedUser>`
    select u.id, u.email, u.name, u.enabled, r.permissions,
      case when t.user_id is not null then 'elsewhere' end as tied
    from users u join roles r on r.id = u.role_id
    left join slack_ties t on t.user_id = u.id and t.installation_id = ${installation.id}
    where lower(u.email) = ${email.toLowerCase()}`.execute(db);
  return rows[0] ?? null;
}

/** What Slack said about somebody, as far as it tells who they are. */
export function asFace(user: SlackUser): SlackFace {
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

/** An e-mail in Slack can be changed; what was read longer ago than this doesn't count for a change. */
const freshSeconds = 60;

interface Asked {
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

interface AskedNames {
  db: Database["kysely"];
  client: SlackClient;
  installationId: string;
  ids: readonly string[];
  now: Date;
}

/** The names of people in Slack, by id; whoever Slack doesn't tell of is absent. */
export async function namesOf(asked: AskedNames): Promise<Map<string, string>> {
  const { db, installationId, ids } = asked;
  if (ids.length === 0) return new Map();
  const known = await db
    .selectFrom("slack_users")
    .select(["slack_user_id", "name"])
    .where("installation_id", "=", installationId)
    .where("slack_user_id", "in", [...ids])
    .execute();
  const names = new Map(known.map((row) => [row.slack_user_id, row.name]));
  for (const id of ids.filter((one) => !names.has(one))) {
    const name = await askSlack(asked, id);
    if (name) names.set(id, name);
  }
  return names;
}

async function askSlack({ db, client, installationId, now }: AskedNames, id: string): Promise<string | null> {
  try {
    const user = await client.usersInfo(id);
    if (user) await rememberSlackUser(db, installationId, user, now);
    return user?.name ?? null;
  } catch (fault) {
    // The id alone says less, but what was written is not worth losing for it.
    if (!(fault instanceof SlackFault)) throw fault;
    return null;
  }
}

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
