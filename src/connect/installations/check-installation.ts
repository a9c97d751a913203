import { sql } from "kysely";
import type { Database } from "../../db/connect.ts";
import { notify } from "../../db/notify.ts";
import { transaction } from "../../db/transaction.ts";
import { openLines } from "../../outbox/lines.ts";
import type { SlackClient } from "../../slack/client/slack-client.ts";
import { needsRepair } from "../../slack/client/slack-fault.ts";
import { recheckChannels } from "../channels/recheck-channels.ts";
import type { SlackAccess } from "../slack-access.ts";

interface Parts {
  db: Database;
  slack: SlackAccess;
}

/**
 * Checks an installation's token, scopes and workspaces with Slack. Opens its lines if it works again or its scopes
 * changed. Throws a `SlackFault` that is not a setup fault, and changes nothing then.
 */
export async function checkInstallation(parts: Parts, installationId: string): Promise<void> {
  const { db, slack } = parts;
  const client = await slack.clientFor(installationId);
  try {
    const { orgInstall, scopes, botName } = await client.authTest();
    const teams = orgInstall ? await client.authTeamsList() : null;
    const { teamsChanged } = await storeCheck(db, installationId, { scopes, teams, botName });
    await recheckChannels(parts, installationId, teamsChanged ? "all" : "broken");
  } catch (fault) {
    if (!needsRepair(fault)) throw fault;
    await markInstallationFailed(db, installationId, fault.code);
  }
}

type CheckResult = {
  scopes: string[] | null;
  teams: Awaited<ReturnType<SlackClient["authTeamsList"]>> | null;
  botName: string | null;
};

async function storeCheck(
  db: Database,
  id: string,
  { scopes, teams, botName }: CheckResult,
): Promise<{ teamsChanged: boolean }> {
  return transaction(db, async (tx) => {
    const before = await tx
      .selectFrom("installations")
      .select(["fault", "scopes", "granted_teams as teams"])
      .where("id", "=", id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const known = scopes ?? before.scopes;
    const set = {
      scopes: known,
      bot_name: botName,
      granted_teams: teams,
      fault: null,
      checked_at: sql<Date>`now()`,
    };
    await tx.updateTable("installations").set(set).where("id", "=", id).execute();
    if (before.fault || !sameSet(known ?? [], before.scopes ?? [])) {
      await openLines(tx, id);
      await notify(tx, { settings: "slack-app" });
    }
    return { teamsChanged: before.teams !== null && teams !== null && !sameSet(before.teams, teams) };
  });
}

function sameSet(one: string[], other: string[]): boolean {
  const all = new Set(other);
  return one.length === all.size && one.every((item) => all.has(item));
}

/** Stores that an installation's token no longer works, by an error or an event of Slack. */
export async function markInstallationFailed(db: Database, id: string, fault: string): Promise<void> {
  await transaction(db, async (tx) => {
    const changed = await tx
      .updateTable("installations")
      .set({ fault, checked_at: sql<Date>`now()` })
      .where("id", "=", id)
      .where("fault", "is distinct from", fault)
      .returning("id")
      .execute();
    if (changed.length > 0) await notify(tx, { settings: "slack-app" });
  });
}
