import { v7 as uuidv7 } from "uuid";
import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import { hashSecret, makeSecret } from "../../people/secret.ts";
import type { SlackAccess } from "../../connect/slack-access.ts";
import { installMinutes } from "./install-minutes.ts";
import { readClient } from "./read-client.ts";

interface Beginning {
  /** The secret of the session that may go on with it. */
  session: string;
  redirectUri: string;
  now: Date;
}

/** Begins an installation by OAuth. Gives back Slack's page for it. */
export async function beginInstall(
  { db, slack }: { db: Database; slack: SlackAccess },
  { session, redirectUri, now }: Beginning,
): Promise<string | Refusal> {
  const client = await readClient(db.kysely, slack.vault);
  if (isRefusal(client)) return client;
  const state = makeSecret();
  await db.kysely.deleteFrom("slack_installs").where("expires_at", "<", now).execute();
  await db.kysely
    .insertInto("slack_installs")
    .values({
      id: uuidv7(),
      state_hash: hashSecret(state),
      session_hash: hashSecret(session),
      expires_at: installMinutes(now),
    })
    .execute();
  const { clientId, threadMirror } = client;
  return slack.authorizeUrl({ clientId, threadMirror, state, redirectUri });
}
