import { sql } from "kysely";
import type { Person } from "../../alert/alert.ts";
import type { Deps } from "../../outbox/deps.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import { storeSlackUser } from "./identify.ts";

/** People whom Slack doesn't have, with the time in ms until which that is cached. */
const missingUntil = new Map<string, number>();
const cacheMs = 10 * 60 * 1000;

/** The Slack id of a Tocsin user, for the card's picker; null if they are not in this workspace. */
export async function assigneeInSlack(
  deps: Deps,
  installationId: string,
  person: Person,
): Promise<string | null> {
  const link = await deps.db.kysely
    .selectFrom("slack_ties")
    .select("slack_user_id")
    .where("user_id", "=", person.id)
    .where("installation_id", "=", installationId)
    .executeTakeFirst();
  if (link) return link.slack_user_id;
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
  if ((missingUntil.get(key) ?? 0) > now.getTime()) return null;
  try {
    const client = await deps.clientFor(installationId);
    const found = await client.lookupByEmail(person.email);
    if (found && !found.deleted) {
      await storeSlackUser(deps.db.kysely, installationId, found, now);
      return found.id;
    }
  } catch (fault) {
    // The card can do without the id: its placeholder names the assignee.
    if (!(fault instanceof SlackFault)) throw fault;
  }
  missingUntil.set(key, now.getTime() + cacheMs);
  return null;
}
