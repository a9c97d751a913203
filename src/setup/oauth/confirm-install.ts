import { sql } from "kysely";
import type { Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import { transaction } from "../../db/transaction.ts";
import type { Principal } from "../../people/principal.ts";
import { hashSecret } from "../../people/secret.ts";
import { openLines } from "../channels/open-lines.ts";
import { storeInstallation } from "../../connect/installations/installations.ts";
import type { VerifiedToken } from "../../connect/installations/verify-token.ts";
import { noteChange } from "../note-change.ts";
import { installPurpose } from "../secrets/purposes.ts";
import type { Vault } from "../../secrets/vault.ts";
import { unknownInstall } from "../../connect/installations/begin-oauth.ts";

interface Confirmed {
  id: string;
  session: string;
  now: Date;
}

/** Stores an installation whose workspace somebody has seen. Gives back its id. */
export async function confirmInstall(
  { db, vault }: { db: Database; vault: Vault },
  { id, session, now }: Confirmed,
  by: Principal,
): Promise<string | Refusal> {
  return transaction(db, async (tx) => {
    const { rows } = await sql<{ token: Buffer; found: VerifiedToken }>`
      delete from slack_installs
      where id = ${id} and session_hash = ${hashSecret(session)} and expires_at > ${now} and token is not null
      returning token, found`.execute(tx);
    const [install] = rows;
    if (!install) return unknownInstall;
    const { found: verified } = install;
    const token = vault.unseal(install.token, installPurpose(id));
    const installationId = await storeInstallation(tx, vault, { token, verified });
    await openLines(tx, installationId);
    const { team, teamId, enterpriseId, orgInstall } = verified;
    await noteChange(tx, by, {
      what: "slack-app",
      action: "slack_app.installed",
      target: { type: "installation", id: installationId },
      data: { team, teamId, enterpriseId, orgInstall },
    });
    return installationId;
  });
}
