import { sql } from "kysely";
import type { Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import { notify } from "../../db/notify.ts";
import { type Transaction, transaction } from "../../db/transaction.ts";
import type { Pace } from "../../pace.ts";
import { findUser, type User } from "../../people/users.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import type { SlackUser } from "../../slack/client/workspace.ts";
import type { Installation } from "../installations/installations.ts";
import type { SlackAccess } from "../slack-access.ts";
import { decideIdentity, type MatchedUser } from "./decide-identity.ts";
import { toProfile } from "./identify.ts";

interface MatchDeps {
  db: Database;
  slack: Pick<SlackAccess, "clientFor">;
  pace: Pick<Pace, "slackLookup">;
  clock: () => Date;
  log: (facts: Record<string, unknown>, what: string) => void;
}

/** An enabled user whose email is to be looked up in a trusted workspace. */
interface DueUser {
  user: Pick<MatchedUser, "id" | "email" | "name">;
  installation: Installation;
}

/** What Slack knows of a user's email, for the page Users. Acting in Slack is judged by `identify`, not by this. */
type SlackMatch =
  | { state: "matches" | "refused"; slackUserId: string; name: string; why: string | null }
  | { state: "none" }
  | { state: "failed"; why: string };

/** Looks up the emails of all users that are due now, as far as the pace allows. */
export async function matchDueUsers(deps: MatchDeps): Promise<void> {
  for (let due = await claim(deps); due; due = await claim(deps)) {
    const { user, installation } = due;
    const match = await lookUp(deps, due);
    await transaction(deps.db, async (tx) => {
      await storeMatch(tx, due, match, deps.clock());
      await notify(tx, { settings: "users" });
    });
    deps.log({ user: user.id, installation: installation.id, state: match.state }, "user looked up in Slack");
  }
}

/** Once a day, since both sides may change; after a fault sooner. */
const maxAgeHours = 24;
const retryMinutes = 10;

/**
 * Claims the user whose lookup has been due the longest, for whom nobody has linked a Slack user. Nodes take turns by
 * the time in the installation's row.
 */
async function claim({ db, pace }: MatchDeps): Promise<DueUser | undefined> {
  const { rows } = await sql<DueUser>`
    with due as (
      select i.id as installation_id, u.id, u.email, u.name
      from installations i cross join users u
      left join slack_matches m on m.installation_id = i.id and m.user_id = u.id and lower(m.email) = lower(u.email)
      where i.trusted and i.fault is null and i.match_at <= now() and u.enabled
        and not exists (select from slack_ties t where t.installation_id = i.id and t.user_id = u.id)
        and (m.looked_up_at is null or m.looked_up_at < now() - case when m.state = 'failed'
          then make_interval(mins => ${retryMinutes}) else make_interval(hours => ${maxAgeHours}) end)
      order by m.looked_up_at nulls first, u.id limit 1
    )
    update installations i set match_at = now() + make_interval(secs => ${pace.slackLookup}::float8)
    from due where i.id = due.installation_id and i.match_at <= now()
    returning json_build_object('id', due.id, 'email', due.email, 'name', due.name) as user,
      json_build_object('id', i.id, 'teamId', i.team_id, 'enterpriseId', i.enterprise_id,
        'botUserId', i.bot_user_id, 'trusted', i.trusted) as installation`.execute(db.kysely);
  return rows[0];
}

/** After a fault the workspace is left alone for as long as Slack says, or for a minute. */
const faultSeconds = 60;

async function lookUp({ db, slack }: MatchDeps, { user, installation }: DueUser): Promise<SlackMatch> {
  try {
    const client = await slack.clientFor(installation.id);
    const found = await client.lookupByEmail(user.email);
    return decideMatch(user, installation, found);
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    const seconds = fault.retryAfterSeconds ?? faultSeconds;
    await sql`
      update installations set match_at = now() + make_interval(secs => ${seconds}::float8)
      where id = ${installation.id}`.execute(db.kysely);
    return { state: "failed", why: fault.code };
  }
}

/** Whether the Slack user with a Tocsin user's email may act as them, by the same rules as a click. */
function decideMatch(
  user: DueUser["user"],
  installation: Pick<Installation, "teamId" | "enterpriseId" | "trusted">,
  found: SlackUser | null,
): SlackMatch {
  if (!found) return { state: "none" };
  const matched: MatchedUser = { ...user, enabled: true, permissions: [], linked: null };
  const identity = decideIdentity(toProfile(found), installation, matched, "they");
  const { id: slackUserId, name } = found;
  return identity.kind === "known"
    ? { state: "matches", slackUserId, name, why: null }
    : { state: "refused", slackUserId, name, why: identity.reason };
}

async function storeMatch(
  tx: Transaction,
  { user, installation }: DueUser,
  match: SlackMatch,
  now: Date,
): Promise<void> {
  const columns = {
    email: user.email,
    state: match.state,
    slack_user_id: "slackUserId" in match ? match.slackUserId : null,
    name: "name" in match ? match.name : null,
    why: "why" in match ? match.why : null,
    looked_up_at: now,
  };
  await tx
    .insertInto("slack_matches")
    .values({ user_id: user.id, installation_id: installation.id, ...columns })
    .onConflict((conflict) => conflict.columns(["user_id", "installation_id"]).doUpdateSet(columns))
    .execute();
}

/** Makes the lookup of a user due again. */
export async function forgetMatches(tx: Transaction, userId: string): Promise<User | Refusal> {
  await tx.deleteFrom("slack_matches").where("user_id", "=", userId).execute();
  await notify(tx, { settings: "users" });
  return findUser(tx, userId);
}
