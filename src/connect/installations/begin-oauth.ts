import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import { hashSecret, makeSecret } from "../../people/principal.ts";
import { secretPurpose, type Vault } from "../../secrets/vault.ts";
import { missingScopes } from "../../slack/scopes.ts";
import type { SlackAccess } from "../slack-access.ts";
import type { VerifiedToken } from "./verify-token.ts";

/** An OAuth installation that waits for confirmation; `refusal` says why there is nothing to confirm. */
interface Install {
  id: string;
  refusal: string | null;
  found: GrantedWorkspace | null;
}

interface GrantedWorkspace {
  team: string;
  url: string;
  organisation: boolean;
  missingScopes: string[];
  /** Tocsin is installed there already and gets a new token. */
  known: boolean;
}

export const unknownInstall: Refusal = {
  refused: "not_found",
  why: "This installation can't be confirmed any more: it was already confirmed, took longer than 10 minutes, or was started in another session. Start again with Install with OAuth.",
};

interface Row {
  refusal: string | null;
  found: VerifiedToken | null;
  mirror: boolean;
  known: boolean;
}

/** The installation that Slack granted, for the session that started it. */
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
  return row ? { id, refusal: row.refusal, found: row.found && toWorkspace(row.found, row) } : unknownInstall;
}

function toWorkspace(verified: VerifiedToken, { mirror, known }: Row): GrantedWorkspace {
  return {
    team: verified.team ?? verified.teamId ?? "a workspace",
    url: verified.url,
    organisation: verified.orgInstall,
    missingScopes: missingScopes(verified.scopes, mirror ? "with-mirror" : "without-mirror"),
    known,
  };
}

interface InstallStart {
  /** The secret of the session, which is the only one that can continue. */
  session: string;
  redirectUri: string;
  now: Date;
}

/** Starts an OAuth installation. Returns the address of Slack's page for it. */
export async function startInstall(
  { db, slack }: { db: Database; slack: SlackAccess },
  { session, redirectUri, now }: InstallStart,
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
      expires_at: installExpiry(now),
    })
    .execute();
  const { clientId, threadMirror } = client;
  return slack.authorizeUrl({ clientId, threadMirror, state, redirectUri });
}

const minutes = 10;

/** When a step of the installation expires: first the visit to Slack, then the confirmation. */
export function installExpiry(now: Date): Date {
  return new Date(now.getTime() + minutes * 60_000);
}

/** The app's credentials for OAuth. */
interface OAuthClient {
  clientId: string;
  clientSecret: string;
  threadMirror: boolean;
}

const noClient: Refusal = {
  refused: "conflict",
  why: "Save the app's Client ID and Client Secret first. They are in Slack under Basic Information > App Credentials.",
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
