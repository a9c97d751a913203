import { sql } from "kysely";
import type { Database } from "../db/connect.ts";
import { prepared } from "../db/transaction.ts";
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

/** How the rest of Tocsin speaks to Slack, and knows that Slack speaks to it. */
export interface SlackAccess {
  /** The client of an installation, by its id; on an organisation's, for one of its workspaces if need be. */
  clientFor(installationId: string, teamId?: string): Promise<SlackClient>;
  /** A client with a token that is not stored (yet). */
  clientWith(token: string, teamId?: string): SlackClient;
  /** The App-Level Token while the app is in Socket Mode; else null. */
  socketToken(): Promise<string | null>;
  /** Asks Slack about a Client ID and its secret. */
  checkCredentials(client: { clientId: string; clientSecret: string }): Promise<CredentialsAnswer>;
  /** Where a browser is sent to have the app installed. */
  authorizeUrl(asked: Authorization): string;
  /** Fetches the token for what somebody allowed there. */
  exchangeCode(code: CodeExchange): Promise<GrantedToken>;
  vault: Vault;
}

interface Known {
  sealed: Buffer;
  client: SlackClient;
}

/**
 * Reads the stored token at each use and keeps the client only as long as it is the same: no node ever works
 * with a token that another has replaced, and nobody has to be told.
 */
export function openSlackAccess(parts: { db: Database; vault: Vault; apiUrl: string }): SlackAccess {
  const { db, vault, apiUrl } = parts;
  const clients = new Map<string, Known>();
  const clientWith = (token: string, teamId?: string) => slackClient({ token, apiUrl, teamId });
  return {
    vault,
    clientWith,
    checkCredentials: (client) => checkCredentials(apiUrl, client),
    authorizeUrl: (asked) => authorizeUrl(apiUrl, asked),
    exchangeCode: (code) => exchangeCode(apiUrl, code),
    async clientFor(installationId, teamId) {
      const installation = await readInstallation(db, installationId);
      const { bot_token: sealed } = installation;
      if (teamId) return clientWith(vault.unseal(sealed, tokenPurpose(installation)), teamId);
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

interface Installation {
  bot_token: Buffer;
  enterpriseId: string | null;
  teamId: string | null;
}

async function readInstallation(db: Database, id: string): Promise<Installation> {
  const statement = sql<Installation>`
    select bot_token, enterprise_id as "enterpriseId", team_id as "teamId" from installations where id = ${id}`;
  const [found] = await prepared(db, "installation-token", statement);
  if (!found) throw new Error(`the installation ${id} is gone`);
  return found;
}

interface Authorization {
  clientId: string;
  state: string;
  redirectUri: string;
  threadMirror: boolean;
}

/** Slack's page on which somebody allows the app what it asks for; it stands beside the Web API. */
export function authorizeUrl(apiUrl: string, asked: Authorization): string {
  const scopes = [...neededScopes, metadataScope, ...(asked.threadMirror ? mirrorScopes : [])];
  const url = new URL("../oauth/v2/authorize", apiUrl);
  url.search = new URLSearchParams({
    client_id: asked.clientId,
    scope: scopes.map(({ name }) => name).join(","),
    redirect_uri: asked.redirectUri,
    state: asked.state,
  }).toString();
  return url.href;
}
