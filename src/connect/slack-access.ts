import { sql } from "kysely";
import type { Database } from "../db/connect.ts";
import { prepared } from "../db/transaction.ts";
import type { SealedToken } from "../outbox/deps.ts";
import type { Reach } from "../reach/reach.ts";
import { secretPurpose, tokenPurpose, type Vault } from "../secrets/vault.ts";
import {
  type CodeExchange,
  type CredentialsAnswer,
  checkCredentials,
  exchangeCode,
  type GrantedToken,
  type SlackClient,
  slackClient,
} from "../slack/client/slack-client.ts";
import { metadataScope, mirrorScopes, neededScopes } from "../slack/scopes.ts";

interface ClientScope {
  /** Chooses a workspace of an organisation's installation. */
  teamId?: string | undefined;
  /** When all calls are given up, in `performance.now()`. */
  deadline?: number | undefined;
  /** The stored token, if the caller has just read it. */
  known?: SealedToken | undefined;
}

/** Access to Slack's Web API and to the app's secrets. */
export interface SlackAccess {
  /** The client of an installation. */
  clientFor(installationId: string, options?: ClientScope): Promise<SlackClient>;
  /** A client for a token that is not stored. */
  clientWith(token: string, teamId?: string): SlackClient;
  /** The App-Level Token if the app is in Socket Mode; else null. */
  socketToken(): Promise<string | null>;
  /** Checks a Client ID and its secret with Slack. */
  checkCredentials(client: { clientId: string; clientSecret: string }): Promise<CredentialsAnswer>;
  /** The address of Slack's page for installing the app by OAuth. */
  authorizeUrl(authorization: Authorization): string;
  /** Exchanges an OAuth code for a bot token. */
  exchangeCode(code: CodeExchange): Promise<GrantedToken>;
  vault: Vault;
}

interface CachedClient {
  sealed: Buffer;
  client: SlackClient;
}

/**
 * Opens access to Slack. Each use reads the stored token and reuses a client only if the token is the same, so no node
 * uses a token that another node has replaced.
 */
export function openSlackAccess(parts: {
  db: Database;
  vault: Vault;
  apiUrl: string;
  reach: Reach;
}): SlackAccess {
  const { db, vault, apiUrl, reach } = parts;
  const api = { apiUrl, fetch: reach.fetch };
  const clients = new Map<string, CachedClient>();
  const clientWith = (token: string, teamId?: string) => slackClient({ token, ...api, teamId });
  return {
    vault,
    clientWith,
    checkCredentials: (client) => checkCredentials(api, client),
    authorizeUrl: (authorization) => authorizeUrl(apiUrl, authorization),
    exchangeCode: (code) => exchangeCode(api, code),
    async clientFor(installationId, { teamId, deadline, known: read } = {}) {
      const installation = read ?? (await readInstallation(db, installationId));
      const { sealed } = installation;
      if (teamId !== undefined || deadline !== undefined) {
        const token = vault.unseal(sealed, tokenPurpose(installation));
        return slackClient({ token, ...api, ...(teamId && { teamId }), ...(deadline && { deadline }) });
      }
      const known = clients.get(installationId);
      if (known?.sealed.equals(sealed)) return known.client;
      const client = clientWith(vault.unseal(sealed, tokenPurpose(installation)));
      clients.set(installationId, { sealed, client });
      return client;
    },
    async socketToken() {
      const app = await db.kysely
        .selectFrom("slack_app")
        .select("app_token")
        .where("mode", "=", "socket")
        .executeTakeFirst();
      return app?.app_token ? vault.unseal(app.app_token, secretPurpose("app_token")) : null;
    },
  };
}

async function readInstallation(db: Database, id: string): Promise<SealedToken> {
  const statement = sql<SealedToken>`
    select bot_token as sealed, enterprise_id as "enterpriseId", team_id as "teamId" from installations where id = ${id}`;
  const [found] = await prepared(db, "installation-token", statement);
  if (!found) throw new Error(`there is no installation ${id}`);
  return found;
}

interface Authorization {
  clientId: string;
  state: string;
  redirectUri: string;
  threadMirror: boolean;
}

/** The address of Slack's page that asks a person to allow the app its scopes. It is on the host of the Web API. */
export function authorizeUrl(apiUrl: string, authorization: Authorization): string {
  const scopes = [...neededScopes, metadataScope, ...(authorization.threadMirror ? mirrorScopes : [])];
  const url = new URL("../oauth/v2/authorize", apiUrl);
  url.search = new URLSearchParams({
    client_id: authorization.clientId,
    scope: scopes.map(({ name }) => name).join(","),
    redirect_uri: authorization.redirectUri,
    state: authorization.state,
  }).toString();
  return url.href;
}
