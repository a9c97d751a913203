import { sql } from "kysely";
import { slackTrust } from "../../alert/permission.ts";
import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import { openLines } from "../../outbox/lines.ts";
import { audit, auditAndNotify } from "../../people/audit-log/audit.ts";
import { wantedChanges } from "../../people/audit-log/changes.ts";
import { hashSecret, type Principal } from "../../people/principal.ts";
import { transactionAs } from "../../people/transaction-as.ts";
import { installPurpose, type Vault } from "../../secrets/vault.ts";
import { remedyText } from "../../slack/client/remedy.ts";
import type { GrantedToken } from "../../slack/client/slack-client.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import type { SlackAccess } from "../slack-access.ts";
import { installExpiry, readClient, unknownInstall } from "./begin-oauth.ts";
import { storeInstallation } from "./installations.ts";
import { type VerifiedToken, verifyToken } from "./verify-token.ts";

interface Parts {
  db: Database;
  slack: SlackAccess;
}

/** The parameters of Slack's redirect, with the session. */
interface OAuthReturn {
  session: string;
  state: string;
  /** Missing if the person declined. */
  code?: string | undefined;
  /** Slack's code for why there is no OAuth code. */
  error?: string | undefined;
  redirectUri: string;
  now: Date;
}

/**
 * Handles Slack's redirect: uses up the state, fetches the token and stores it sealed until the person confirms the
 * workspace. Returns the pending installation's id, also after a refusal; null if this session has no such state.
 */
export async function finishInstall(
  parts: Parts,
  returned: OAuthReturn,
  by: Principal,
): Promise<string | null> {
  const { db, slack } = parts;
  const id = await takeState(db, returned);
  if (id === null) {
    await auditRefusal(db, by, "unknown state");
    return null;
  }
  const grant = await fetchGrant(parts, returned);
  const outcome = isRefusal(grant)
    ? { refusal: grant.why }
    : { token: slack.vault.seal(grant.token, installPurpose(id)), found: JSON.stringify(grant.verified) };
  await db.kysely
    .updateTable("slack_installs")
    .set({ ...outcome, expires_at: installExpiry(returned.now) })
    .where("id", "=", id)
    .execute();
  if (isRefusal(grant)) await auditRefusal(db, by, grant.why);
  return id;
}

async function takeState(db: Database, { session, state, now }: OAuthReturn): Promise<string | null> {
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

function auditRefusal({ kysely }: Database, by: Principal, reason: Refusal["why"]): Promise<void> {
  return audit(kysely, by, {
    action: "slack_app.installed",
    target: null,
    outcome: "refused",
    changes: null,
    data: { reason },
  });
}

interface ConfirmRequest {
  id: string;
  session: string;
  now: Date;
}

/** Stores an installation whose workspace the person has confirmed. Returns its id. */
export async function confirmInstall(
  { db, vault }: { db: Database; vault: Vault },
  { id, session, now }: ConfirmRequest,
  by: Principal,
): Promise<string | Refusal> {
  return transactionAs(db, by, slackTrust, async (tx) => {
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
    await auditAndNotify(tx, by, {
      what: "slack-app",
      action: "slack_app.installed",
      target: { type: "installation", id: installationId },
      changes: wantedChanges({ team, teamId, enterpriseId, orgInstall }),
    });
    return installationId;
  });
}

interface Grant {
  token: string;
  verified: VerifiedToken;
}

type OAuthCode = { code?: string | undefined; error?: string | undefined; redirectUri: string };

/** Exchanges the code and verifies the token. Every fault is a refusal, since the code can't be used again. */
async function fetchGrant(parts: Parts, oauthCode: OAuthCode): Promise<Grant | Refusal> {
  const { code, error, redirectUri } = oauthCode;
  if (error || !code) return oauthRefusal(error ?? "no_code");
  const client = await readClient(parts.db.kysely, parts.slack.vault);
  if (isRefusal(client)) return client;
  try {
    const granted = await parts.slack.exchangeCode({ ...client, code, redirectUri });
    return await verifyGrant(parts, granted);
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    return oauthRefusal(fault.code);
  }
}

async function verifyGrant({ db, slack }: Parts, granted: GrantedToken): Promise<Grant | Refusal> {
  const installed = await db.kysely
    .selectFrom("installations")
    .select("app_id")
    .where("app_id", "is not", null)
    .limit(1)
    .executeTakeFirst();
  const token = await verifyToken(slack, granted.token);
  if (isRefusal(token)) return token;
  const fault = grantFault(granted, { ofToken: token.appId, ofInstalled: installed?.app_id ?? null });
  // For an organisation's token, auth.test names one of the organisation's workspaces.
  const team = (token.orgInstall && granted.enterpriseName) || token.team;
  return fault ?? { token: granted.token, verified: { ...token, team, appId: granted.appId } };
}

interface Granted {
  appId: string;
  expires: boolean;
}

/** Why a granted token can't be used; null if it can. Apps are compared as far as they are known. */
export function grantFault(
  { appId, expires }: Granted,
  { ofToken, ofInstalled }: { ofToken: string | null; ofInstalled: string | null },
): Refusal | null {
  if (expires) return refused(remedyText("token_expired"));
  const other = [ofToken, ofInstalled].find((known) => known !== null && known !== appId);
  if (!other) return null;
  return refused(
    `Slack installed the app ${appId}, but Tocsin uses the app ${other}. Copy the Client ID and Client Secret of ${other}, save them and install again.`,
  );
}

function refused(why: string): Refusal {
  return { refused: "conflict", why };
}

const again = "Nothing was changed. Start again with Install with OAuth.";
const credentials = "in Slack under Basic Information > App Credentials";

/** The refusal for an error code that Slack returned instead of an installation. */
export function oauthRefusal(code: string): Refusal {
  return { refused: "conflict", why: why(code) };
}

function why(code: string): string {
  switch (code) {
    case "access_denied":
      return `The installation was cancelled in Slack. ${again} If your workspace requires an admin's approval, request it in Slack and come back once it is approved.`;
    case "invalid_client_id":
      return `Slack has no app with this Client ID. Copy it again ${credentials} and save it.`;
    case "bad_client_secret":
      return `The Client Secret doesn't belong to this Client ID. Copy it again ${credentials} and save it.`;
    case "bad_redirect_uri":
    case "invalid_redirect_uri":
      return "Slack refused the redirect URL. Add Tocsin's Redirect URL in Slack under OAuth & Permissions > Redirect URLs, save it there and install again.";
    case "invalid_code":
    case "code_already_used":
    case "no_code":
      return `Slack's confirmation was already used or took longer than 10 minutes. ${again}`;
    default:
      return /^[\w.-]{1,80}$/.test(code)
        ? `Slack answered "${code}". ${again}`
        : `Slack refused without a reason. ${again}`;
  }
}
