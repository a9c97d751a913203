import type { Database } from "../../src/db/connect.ts";
import { remedyText } from "../../src/setup/needs-attention.ts";
import type { SlackAccess } from "../../src/connect/slack-access.ts";
import { SlackFault } from "../../src/slack/client/slack-fault.ts";
import { withheldScopes } from "../../src/slack/scopes.ts";
import type { Finding } from "./finding.ts";

interface Parts {
  db: Database;
  slack: SlackAccess;
}

/** Asks Slack about each installation: whether its token works, and what it lacks. */
export async function aboutSlack({ db, slack }: Parts): Promise<Finding[]> {
  const app = await db.kysely.selectFrom("slack_app").select("thread_mirror").executeTakeFirst();
  const installations = await db.kysely
    .selectFrom("installations")
    .select(["id", "team_name", "enterprise_name"])
    .orderBy("id")
    .execute();
  if (installations.length === 0) return [{ kind: "note", what: "No Slack app is set up yet." }];
  const mirror = app?.thread_mirror ? "with-mirror" : "without-mirror";
  const found: Finding[] = [];
  for (const { id, team_name, enterprise_name } of installations) {
    const name = team_name ?? enterprise_name ?? id;
    try {
      const { scopes } = await (await slack.clientFor(id)).authTest();
      found.push({ kind: "well", what: `Slack takes the bot token of ${name}.` });
      for (const { name: scope, cost, optional } of withheldScopes(scopes, mirror))
        found.push({ kind: optional ? "note" : "broken", what: `${name} withholds ${scope}: ${cost}.` });
    } catch (fault) {
      if (!(fault instanceof SlackFault)) throw fault;
      const why = fault.kind === "set-up" ? remedyText(fault.code) : `it couldn't be asked (${fault.code}).`;
      found.push({ kind: "broken", what: `Slack about ${name}: ${why}` });
    }
  }
  return found;
}
