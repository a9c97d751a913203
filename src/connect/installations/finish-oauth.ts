import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import { audit } from "../../people/audit.ts";
import type { Principal } from "../../people/principal.ts";
import { hashSecret } from "../../people/secret.ts";
import { installPurpose } from "../../setup/secrets/purposes.ts";
import type { SlackAccess } from "../slack-access.ts";
import { fetchGrant } from "../../setup/oauth/fetch-grant.ts";
import { installMinutes } from "../../setup/oauth/install-minutes.ts";

interface Parts {
  db: Database;
  slack: SlackAccess;
}

/** What a browser brings back from Slack. */
export interface Returned {
  session: string;
  state: string;
  /** Absent when somebody declined. */
  code?: string | undefined;
  /** Slack's word for why there is no code. */
  error?: string | undefined;
  redirectUri: string;
  now: Date;
}

/**
 * Somebody comes back from Slack: uses the state up, fetches the token and keeps it until they have seen and
 * confirmed where it belongs. Gives back the installation's id, under which a refusal can be read too; null for
 * a state that this session doesn't know (any more).
 */
export async function finishInstall(parts: Parts, returned: Returned, by: Principal): Promise<string | null> {
  const { db, slack } = parts;
  const id = await takeState(db, returned);
  if (id === null) {
    await refused(db, by, "unknown state");
    return null;
  }
  const grant = await fetchGrant(parts, returned);
  const kept = isRefusal(grant)
    ? { refusal: grant.why }
    : { token: slack.vault.seal(grant.token, installPurpose(id)), found: JSON.stringify(grant.verified) };
  await db.kysely
    .updateTable("slack_installs")
    .set({ ...kept, expires_at: installMinutes(returned.now) })
    .where("id", "=", id)
    .execute();
  if (isRefusal(grant)) await refused(db, by, grant.why);
  return id;
}

async function takeState(db: Database, { session, state, now }: Returned): Promise<string | null> {
  const taken = await db.kysely
    .updateTable("slack_installs")
    .set({ state_hash: null })
    .where("state_hash", "=", hashSecret(state))
    .where("session_hash", "=", hashSecret(session))
    .where("expires_at", ">", now)
    .returning("id")
    .executeTakeFirst();
  return taken?.id ?? null;
}

function refused({ kysely }: Database, by: Principal, reason: Refusal["why"]): Promise<void> {
  return audit(kysely, by, { action: "slack_app.installed", outcome: "refused", data: { reason } });
}
