import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { slackTrust } from "../../alert/permission.ts";
import type { Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import type { Tables } from "../../db/tables/tables.ts";
import type { Transaction } from "../../db/transaction.ts";
import { auditAndNotify } from "../../people/audit-log/audit.ts";
import { changesBetween } from "../../people/audit-log/changes.ts";
import type { Principal } from "../../people/principal.ts";
import { transactionAs } from "../../people/transaction-as.ts";
import { tokenPurpose, type Vault } from "../../secrets/vault.ts";
import { needsAttention, type SetupState } from "../../slack/client/remedy.ts";
import { costOf } from "../../slack/scopes.ts";
import type { VerifiedToken } from "./verify-token.ts";

/**
 * Stores a verified installation and returns its id. A workspace or organisation has one installation, which keeps its
 * id with a new token. The first installation is trusted.
 */
export async function storeInstallation(
  tx: Transaction,
  vault: Vault,
  { token, verified }: { token: string; verified: VerifiedToken },
): Promise<string> {
  const { enterpriseId, orgInstall, team } = verified;
  // For an organisation, Slack names an arbitrary workspace of it.
  const teamId = orgInstall ? null : verified.teamId;
  const sealed = vault.seal(token, tokenPurpose({ enterpriseId, teamId }));
  const { rows } = await sql<{ id: string }>`
    insert into installations (id, url, enterprise_id, enterprise_name, team_id, team_name, app_id, bot_id,
      bot_user_id, bot_name, bot_token, scopes, trusted)
    select ${uuidv7()}, ${verified.url}, ${enterpriseId}, ${orgInstall ? team : null}, ${teamId}, ${orgInstall ? null : team},
      ${verified.appId}, ${verified.botId}, ${verified.botUserId}, ${verified.botName}, ${sealed}, ${verified.scopes},
      not exists (select from installations)
    on conflict (coalesce(enterprise_id, ''), coalesce(team_id, '')) do update set
      url = excluded.url, enterprise_name = excluded.enterprise_name, team_name = excluded.team_name, app_id = excluded.app_id,
      bot_id = excluded.bot_id, bot_user_id = excluded.bot_user_id, bot_name = excluded.bot_name, bot_token = excluded.bot_token,
      scopes = coalesce(excluded.scopes, installations.scopes), fault = null, checked_at = now(), check_at = now()
    returning id`.execute(tx);
  const [installation] = rows;
  if (!installation) throw new Error("an upsert returned no installation");
  return installation.id;
}

/** An installation of the Slack app in a workspace or organisation. */
export interface Installation {
  id: string;
  teamId: string | null;
  enterpriseId: string | null;
  botUserId: string;
  /** Whether an admin trusts its emails; only then do they identify Tocsin users. */
  trusted: boolean;
}

/** The workspace's own installation, else its organisation's; null if there is none. */
export async function findInstallation(
  db: Database["kysely"],
  from: { teamId: string | null; enterpriseId: string | null },
): Promise<Installation | null> {
  const { rows } = await sql<Installation>`
    select id, team_id as "teamId", enterprise_id as "enterpriseId", bot_user_id as "botUserId", trusted
    from installations
    where team_id = ${from.teamId} or (team_id is null and enterprise_id = ${from.enterpriseId})
    order by team_id nulls last limit 1`.execute(db);
  return rows[0] ?? null;
}

export async function installationById(db: Kysely<Tables>, id: string): Promise<Installation | null> {
  const found = await db
    .selectFrom("installations")
    .select([
      "id",
      "team_id as teamId",
      "enterprise_id as enterpriseId",
      "bot_user_id as botUserId",
      "trusted",
    ])
    .where("id", "=", id)
    .executeTakeFirst();
  return found ?? null;
}

/** An installation's state: its last fault, else its missing scopes, else ok. */
export function installationState({
  fault,
  missing,
}: {
  fault: string | null;
  missing: string[];
}): SetupState {
  if (fault) return needsAttention(fault);
  if (missing.length === 0) return { kind: "ok" };
  return {
    kind: "needs_attention",
    fault: "missing_scope",
    remedy: `The app was not granted ${missing.map(withCost).join("; ")}. In Slack, add what is missing under OAuth & Permissions > Bot Token Scopes, or paste the current manifest. Install the app again, then save here again.`,
  };
}

function withCost(scope: string): string {
  const cost = costOf(scope);
  return cost ? `${scope} (without it ${cost})` : scope;
}

interface Trust {
  id: string;
  trusted: boolean;
}

/** Sets whether the emails of a workspace or organisation identify Tocsin users. */
export async function trustInstallation(
  db: Database,
  { id, trusted }: Trust,
  by: Principal,
): Promise<Trust | Refusal> {
  return transactionAs(db, by, slackTrust, async (tx): Promise<Trust | Refusal> => {
    const before = await tx
      .selectFrom("installations")
      .select("trusted")
      .where("id", "=", id)
      .forUpdate()
      .executeTakeFirst();
    if (!before) return { refused: "not_found", why: "The Slack app has no such installation." };
    await tx.updateTable("installations").set({ trusted }).where("id", "=", id).execute();
    await auditAndNotify(tx, by, {
      what: "slack-app",
      action: trusted ? "slack_app.trusted" : "slack_app.distrusted",
      target: { type: "installation", id },
      changes: changesBetween(before, { trusted }),
    });
    return { id, trusted };
  });
}
