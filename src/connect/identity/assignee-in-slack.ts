import { sql } from "kysely";
import type { Person } from "../../alert/alert.ts";
import type { Deps } from "../../outbox/deps.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import { rememberSlackUser } from "./identify.ts";

/** Who was looked up and is not in Slack, until when that is believed. */
const strangers = new Map<string, number>();
const believedMs = 10 * 60 * 1000;

/** The Slack id of an assignee, for the picker's face; null if they are not in this workspace. */
export async function assigneeInSlack(
  deps: Deps,
  installationId: string,
  person: Person,
): Promise<string | null> {
  const tied = await deps.db.kysely
    .selectFrom("slack_ties")
    .select("slack_user_id")
    .where("user_id", "=", person.id)
    .where("installation_id", "=", installationId)
    .executeTakeFirst();
  if (tied) return tied.slack_user_id;
  const { rows } = await sql<{ slack_user_id: string }>`
    select slack_user_id from slack_users
    where installation_id = ${installationId} and lower(email) = ${person.email.toLowerCase()} and not deleted
    order by read_at desc limit 1`.execute(deps.db.kysely);
  if (rows[0]) return rows[0].slack_user_id;
  return lookUp(deps, installationId, person);
}

async function lookUp(deps: Deps, installationId: string, person: Person): Promise<string | null> {
  const key = `${installationId}:${person.email.toLowerCase()}`;
  const now = deps.clock();
  if ((strangers.get(key) ?? 0) > now.getTime()) return null;
  try {
    const client = await deps.clientFor(installationId);
    const found = await client.lookupByEmail(person.email);
    if (found && !found.deleted) {
      await rememberSlackUser(deps.db.kysely, installationId, found, now);
      return found.id;
    }
  } catch (fault) {
    // A card without the face is better than no card: the placeholder names the assignee.
    if (!(fault instanceof SlackFault)) throw fault;
  }
  strangers.set(key, now.getTime() + believedMs);
  return null;
}
