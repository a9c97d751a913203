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
  type Pronoun,
  type SlackProfile,
} from "./decide-identity.ts";

/** Which Tocsin user a Slack user is now. Asks Slack unless it did so within the last minute. */
export async function identify(request: ProfileRequest & { pronoun?: Pronoun }): Promise<Identity> {
  const profile = await loadProfile(request);
  const user =
    (await linkedUser(request)) ?? (profile?.email ? await userByEmail(request, profile.email) : null);
  return decideIdentity(profile, request.installation, user, request.pronoun);
}

async function linkedUser({ db, installation, slackUserId }: ProfileRequest): Promise<MatchedUser | null> {
  const { rows } = await sql<MatchedUser>`
    select u.id, u.email, u.name, u.enabled, r.permissions, 'here' as linked
    from slack_ties t join users u on u.id = t.user_id join roles r on r.id = u.role_id
    where t.installation_id = ${installation.id} and t.slack_user_id = ${slackUserId}`.execute(db);
  return rows[0] ?? null;
}

async function userByEmail({ db, installation }: ProfileRequest, email: string): Promise<MatchedUser | null> {
  const { rows } = await sql<MatchedUser>`
    select u.id, u.email, u.name, u.enabled, r.permissions,
      case when t.user_id is not null then 'elsewhere' end as linked
    from users u join roles r on r.id = u.role_id
    left join slack_ties t on t.user_id = u.id and t.installation_id = ${installation.id}
    where lower(u.email) = ${email.toLowerCase()}`.execute(db);
  return rows[0] ?? null;
}

/** The fields of a Slack user that identify them. An email counts as confirmed unless Slack says otherwise. */
export function toProfile(user: SlackUser): SlackProfile {
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

/** The author of a Slack message, for the history: the Tocsin user, else the name in Slack, marked as not a user. */
export async function authorOf(request: Parameters<typeof identify>[0]): Promise<Actor> {
  const identity = await identify(request);
  if (identity.kind === "known") return { type: "user", id: identity.user.id, name: identity.user.name };
  const { db, installation, slackUserId } = request;
  const known = await db
    .selectFrom("slack_users")
    .select("name")
    .where("installation_id", "=", installation.id)
    .where("slack_user_id", "=", slackUserId)
    .executeTakeFirst();
  const name = oneLine(known?.name ?? "", 80) || `Slack user ${slackUserId}`;
  return { type: "system", id: slackUserId, name: `${name} (not a Tocsin user)` };
}

/** Emails in Slack can change, so older data must not decide who someone is. */
const maxAgeSeconds = 60;

interface ProfileRequest {
  db: Database["kysely"];
  client: SlackClient;
  installation: Installation;
  slackUserId: string;
  now: Date;
}

/** A person's profile in Slack, at most a minute old; null if Slack shows no such person. */
export async function loadProfile(request: ProfileRequest): Promise<SlackProfile | null> {
  return (await readCached(request)) ?? (await fetchProfile(request));
}

async function readCached({
  db,
  installation,
  slackUserId,
  now,
}: ProfileRequest): Promise<SlackProfile | null> {
  const { rows } = await sql<SlackProfile>`
    select team_id as "teamId", enterprise_id as "enterpriseId", email, name, deleted, is_bot as "isBot",
      is_guest as "isGuest", email_confirmed as "emailConfirmed"
    from slack_users
    where installation_id = ${installation.id} and slack_user_id = ${slackUserId}
      and read_at > ${now}::timestamptz - make_interval(secs => ${maxAgeSeconds})`.execute(db);
  return rows[0] ?? null;
}

async function fetchProfile({
  db,
  client,
  installation,
  slackUserId,
  now,
}: ProfileRequest): Promise<SlackProfile | null> {
  const user = await client.usersInfo(slackUserId);
  if (!user) return null;
  await storeSlackUser(db, installation.id, user, now);
  return toProfile(user);
}

interface NamesRequest {
  db: Database["kysely"];
  client: SlackClient;
  installationId: string;
  ids: readonly string[];
  now: Date;
}

/** The names of people in Slack, by id. People whom Slack doesn't show are left out. */
export async function loadNames(request: NamesRequest): Promise<Map<string, string>> {
  const { db, installationId, ids } = request;
  if (ids.length === 0) return new Map();
  const known = await db
    .selectFrom("slack_users")
    .select(["slack_user_id", "name"])
    .where("installation_id", "=", installationId)
    .where("slack_user_id", "in", [...ids])
    .execute();
  const names = new Map(known.map((row) => [row.slack_user_id, row.name]));
  for (const id of ids.filter((one) => !names.has(one))) {
    const name = await fetchName(request, id);
    if (name) names.set(id, name);
  }
  return names;
}

async function fetchName(
  { db, client, installationId, now }: NamesRequest,
  id: string,
): Promise<string | null> {
  try {
    const user = await client.usersInfo(id);
    if (user) await storeSlackUser(db, installationId, user, now);
    return user?.name ?? null;
  } catch (fault) {
    // Show the id instead: a missing name must not lose the message.
    if (!(fault instanceof SlackFault)) throw fault;
    return null;
  }
}

/** Stores a person's profile with the time when it was read. */
export async function storeSlackUser(
  db: Kysely<Tables>,
  installationId: string,
  user: SlackUser,
  readAt: Date,
): Promise<void> {
  const columns = {
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
    .values({ installation_id: installationId, slack_user_id: user.id, ...columns })
    .onConflict((conflict) => conflict.columns(["installation_id", "slack_user_id"]).doUpdateSet(columns))
    .execute();
}
