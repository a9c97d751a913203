import type { Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import { secretPurpose } from "../secrets/purposes.ts";
import type { Vault } from "../../secrets/vault.ts";

/** What the app shows of itself when it is installed by OAuth. */
export interface OAuthClient {
  clientId: string;
  clientSecret: string;
  threadMirror: boolean;
}

const noClient: Refusal = {
  refused: "conflict",
  why: "Save the app's Client ID and Client Secret first; they stand in Slack under Basic Information > App Credentials.",
};

export async function readClient(db: Database["kysely"], vault: Vault): Promise<OAuthClient | Refusal> {
  const app = await db.selectFrom("slack_app").selectAll().executeTakeFirst();
  if (!app?.client_id || !app.client_secret) return noClient;
  return {
    clientId: app.client_id,
    clientSecret: vault.unseal(app.client_secret, secretPurpose("client_secret")),
    threadMirror: app.thread_mirror,
  };
}
