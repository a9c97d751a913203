import type { Kysely } from "kysely";
import type { Refusal } from "../../alert/refusal.ts";
import type { Tables } from "../../db/tables/tables.ts";
import type { SetupState } from "../../slack/client/remedy.ts";
import { missingScopes, type WithheldScope, withheldScopes } from "../../slack/scopes.ts";
import { installationState } from "../installations/installations.ts";

/** The Slack app without its secrets; `secretsSet` says which are set. */
export interface SlackApp {
  /** Null before the setup. */
  mode: "http" | "socket" | null;
  threadMirror: boolean;
  secretsSet: Record<SecretName, boolean>;
  installations: Installation[];
  /** The id of the user or token that set the signing secret; null if nobody knows. */
  signingSecretBy: string | null;
}

interface Installation {
  id: string;
  team: { id: string; name: string } | null;
  enterprise: { id: string; name: string } | null;
  botUserId: string;
  /** Whether Slack's emails identify Tocsin users there. */
  trusted: boolean;
  /** Null if Slack did not say. */
  grantedScopes: string[] | null;
  missingScopes: string[];
  /** All scopes that were not granted, optional ones included. */
  withheldScopes: WithheldScope[];
  state: SetupState;
}

export async function readSlackApp(db: Kysely<Tables>): Promise<SlackApp> {
  const app = await db.selectFrom("slack_app").selectAll().executeTakeFirst();
  const rows = await db.selectFrom("installations").selectAll().orderBy("id").execute();
  const threadMirror = app?.thread_mirror ?? false;
  return {
    mode: app?.mode ?? null,
    threadMirror,
    signingSecretBy: app?.signing_secret_by ?? null,
    secretsSet: {
      botToken: rows.length > 0,
      clientId: Boolean(app?.client_id),
      clientSecret: Boolean(app?.client_secret),
      signingSecret: Boolean(app?.signing_secret),
      appToken: Boolean(app?.app_token),
    },
    installations: rows.map((row) => {
      const mirror = threadMirror ? "with-mirror" : "without-mirror";
      const missing = missingScopes(row.scopes, mirror);
      return {
        id: row.id,
        team: named(row.team_id, row.team_name),
        enterprise: named(row.enterprise_id, row.enterprise_name),
        botUserId: row.bot_user_id,
        trusted: row.trusted,
        grantedScopes: row.scopes,
        missingScopes: missing,
        withheldScopes: withheldScopes(row.scopes, mirror),
        state: installationState({ fault: row.fault, missing }),
      };
    }),
  };
}

/** Slack doesn't return the name of a workspace's organisation, so the id stands in. */
function named(id: string | null, name: string | null): { id: string; name: string } | null {
  return id === null ? null : { id, name: name ?? id };
}

export type SecretName = "botToken" | "clientId" | "clientSecret" | "signingSecret" | "appToken";

const labels: Record<SecretName, string> = {
  botToken: "Bot User OAuth Token, in Slack under OAuth & Permissions",
  clientId: "Client ID, in Slack under Basic Information > App Credentials",
  clientSecret: "Client Secret, in Slack under Basic Information > App Credentials",
  signingSecret: "Signing Secret, in Slack under Basic Information > App Credentials",
  appToken: "App-Level Token with connections:write, in Slack under Basic Information > App-Level Tokens",
};

const required: Record<"http" | "socket", readonly SecretName[]> = {
  http: ["botToken", "signingSecret"],
  socket: ["botToken", "appToken"],
};

/** With both of these, OAuth can supply the bot token later. */
const forOAuth: readonly SecretName[] = ["clientId", "clientSecret"];

/** A refusal that names the secrets its mode still needs; null if all are in `present` (given or stored). */
export function requiredSecrets(mode: "http" | "socket", present: ReadonlySet<SecretName>): Refusal | null {
  const installable = forOAuth.every((name) => present.has(name));
  const missing = required[mode].filter(
    (name) => !present.has(name) && !(name === "botToken" && installable),
  );
  if (missing.length === 0) return null;
  const why = `Still missing: ${missing.map((name) => `${name} (${labels[name]})`).join("; ")}.`;
  const fields = missing.map((name) => ({ field: name, why: `Enter the ${labels[name]}.` }));
  return { refused: "invalid", why, fields };
}
