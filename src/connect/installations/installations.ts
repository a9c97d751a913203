import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Transaction } from "../../db/transaction.ts";
import { tokenPurpose } from "../../setup/secrets/purposes.ts";
import type { Vault } from "../../secrets/vault.ts";
import type { VerifiedToken } from "./verify-token.ts";

/**
 * Stores what Slack has confirmed: one installation per workspace or organisation, whose id stays the same
 * under a new token. Gives back that id. The first installation is trusted.
 */
export async function storeInstallation(
  tx: Transaction,
  vault: Vault,
  { token, verified }: { token: string; verified: VerifiedToken },
): Promise<string> {
  const { enterpriseId, orgInstall, team } = verified;
  // On an organisation's installation Slack still names a workspace, which is any one of it.
  const teamId = orgInstall ? null : verified.teamId;
  const sealed = vault.seal(token, tokenPurpose({ enterpriseId, teamId }));
  const { rows } = await sql<{ id: string }>`
    insert into installations (id, url, enterprise_id, enterprise_name, team_id, team_name, app_id, bot_id,
      bot_user_id, bot_token, scopes, trusted)
    select ${uuidv7()}, ${verified.url}, ${enterpriseId}, ${orgInstall ? team : null}, ${teamId}, ${orgInstall ? null : team},
      ${verified.appId}, ${verified.botId}, ${verified.botUserId}, ${sealed}, ${verified.scopes},
      not exists (select from installations)
    on conflict (coalesce(enterprise_id, ''), coalesce(team_id, '')) do update set
      url = excluded.url, enterprise_name = excluded.enterprise_name, team_name = excluded.team_name, app_id = excluded.app_id,
      bot_id = excluded.bot_id, bot_user_id = excluded.bot_user_id, bot_token = excluded.bot_token,
      scopes = excluded.scopes, fault = null, checked_at = now(), check_at = now()
    returning id`.execute(tx);
  const [installation] = rows;
  if (!installation) throw new Error("an upsert gave back no installation");
  return installation.id;
}
