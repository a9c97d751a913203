import { sql } from "kysely";
import { ring } from "../../db/bell.ts";
import type { Database } from "../../db/connect.ts";
import { transaction } from "../../db/transaction.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import { openLines } from "../channels/open-lines.ts";
import type { SlackAccess } from "../slack-app/slack-access.ts";

/**
 * Asks Slack whether an installation's token still works and what it may do. What waits goes out when it
 * works again, or was granted more. A fault that passes changes nothing, and is thrown.
 */
export async function checkInstallation(
  { db, slack }: { db: Database; slack: SlackAccess },
  installationId: string,
): Promise<void> {
  const client = await slack.clientFor(installationId);
  try {
    await installationWorks(db, installationId, (await client.authTest()).scopes);
  } catch (fault) {
    if (!(fault instanceof SlackFault && fault.kind === "set-up")) throw fault;
    await installationFails(db, installationId, fault.code);
  }
}

async function installationWorks(db: Database, id: string, scopes: string[]): Promise<void> {
  await transaction(db, async (tx) => {
    const before = await tx
      .selectFrom("installations")
      .select(["fault", "scopes"])
      .where("id", "=", id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const set = { scopes, fault: null, checked_at: sql<Date>`now()` };
    await tx.updateTable("installations").set(set).where("id", "=", id).execute();
    const granted = new Set(before.scopes);
    if (!before.fault && scopes.length === granted.size && scopes.every((scope) => granted.has(scope)))
      return;
    await openLines(tx, { installationId: id });
    await ring(tx, { settings: "slack-app" });
  });
}

/** Slack said, by a refusal or an event, that an installation's token works no more. */
export async function installationFails(db: Database, id: string, fault: string): Promise<void> {
  await transaction(db, async (tx) => {
    const changed = await tx
      .updateTable("installations")
      .set({ fault, checked_at: sql<Date>`now()` })
      .where("id", "=", id)
      .where("fault", "is distinct from", fault)
      .returning("id")
      .execute();
    if (changed.length > 0) await ring(tx, { settings: "slack-app" });
  });
}
