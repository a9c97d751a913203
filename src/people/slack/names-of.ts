import type { Database } from "../../db/connect.ts";
import type { SlackClient } from "../../slack/client/slack-client.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import { rememberSlackUser } from "./remember-slack-user.ts";

interface Asked {
  db: Database["kysely"];
  client: SlackClient;
  installationId: string;
  ids: readonly string[];
  now: Date;
}

/** The names of people in Slack, by id; whoever Slack doesn't tell of is absent. */
export async function namesOf(asked: Asked): Promise<Map<string, string>> {
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

async function askSlack({ db, client, installationId, now }: Asked, id: string): Promise<string | null> {
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
