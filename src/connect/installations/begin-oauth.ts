import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import { hashSecret, makeSecret } from "../../people/principal.ts";
import { secretPurpose, type Vault } from "../../secrets/vault.ts";
import { missingScopes } from "../../slack/scopes.ts";
import type { SlackAccess } from "../slack-access.ts";
import type { VerifiedToken } from "./verify-token.ts";

/** An installation that waits to be confirmed; `refusal` says why there is nothing to confirm. */
interface Install {
  id: string;
  refusal: string | null;
  found: Found | null;
}

interface Found {
  team: string;
  url: string;
  organisation: boolean;
  missingScopes: string[];
  /** Tocsin is installed there already, and gets a new token. */
  known: boolean;
}

export const unknownInstall: Refusal = {
  refused: "not_found",
  why: "This installation isn't waiting for you any more: it was used, took longer than 10 minutes, or was begun in another session. Begin again with Install with OAuth.",
};

interface Row {
  refusal: string | null;
  found: VerifiedToken | null;
  mirror: boolean;
  known: boolean;
}

/** What somebody came back with from Slack, for the session that began it. */
export async function findInstall(
  db: Database["kysely"],
  { id, session, now }: { id: string; session: string; now: Date },
): Promise<Install | Refusal> {
  const { rows } = await sql<Row>`
    select refusal, found, coalesce((select thread_mirror from slack_app), false) as mirror,
      exists (select from installations i
        where coalesce(i.enterprise_id, '') = coalesce(found ->> 'enterpriseId', '')
          and coalesce(i.team_id, '') = case when (found ->> 'orgInstall')::boolean then ''
            else coalesce(found ->> 'teamId', '') end) as known
    from slack_installs
    where id::text = ${id} and session_hash = ${hashSecret(session)} and expires_at > ${now}
      and coalesce(refusal, found::text) is not null`.execute(db);
  const [row] = rows;
  return row ? { id, refusal: row.refusal, found: row.found && show(row.found, row) } : unknownInstall;
}

function show(verified: VerifiedToken, { mirror, known }: Row): Found {
  return {
    team: verified.team ?? verified.teamId ?? "a workspace",
    url: verified.url,
    organisation: verified.orgInstall,
    missingScopes: missingScopes(verified.scopes, mirror ? "with-mirror" : "without-mirror"),
    known,
  };
}

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

const minutes = 10;

/** Until when somebody may take their time at Slack, and then at the confirmation. */
export function installMinutes(now: Date): Date {
  return new Date(now.getTime() + minutes * 60_000);
}

/** What the app shows of itself when it is installed by OAuth. */
interface OAuthClient {
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
