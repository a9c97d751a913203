import { sql } from "kysely";
import { type Permission, slackTrust } from "../../alert/permission.ts";
import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import type { Transaction } from "../../db/transaction.ts";
import { openLines } from "../../outbox/lines.ts";
import { auditAndNotify } from "../../people/audit-log/audit.ts";
import { type Changes, changesBetween } from "../../people/audit-log/changes.ts";
import type { Principal } from "../../people/principal.ts";
import { refuseMissing, transactionAs } from "../../people/transaction-as.ts";
import { secretPurpose, type Vault } from "../../secrets/vault.ts";
import { isRefusedBySlack } from "../../slack/client/slack-fault.ts";
import { checkInstallation } from "../installations/check-installation.ts";
import { storeInstallation } from "../installations/installations.ts";
import { type VerifiedToken, verifyToken } from "../installations/verify-token.ts";
import type { SlackAccess } from "../slack-access.ts";
import { shapeFault } from "./shape-fault.ts";
import { readSlackApp, requiredSecrets, type SecretName, type SlackApp } from "./slack-app.ts";

/** The values of the form. An empty or absent secret keeps the stored one. */
interface SlackAppChange extends Partial<Record<SecretName, string | undefined>> {
  mode: "http" | "socket";
  threadMirror?: boolean | undefined;
  /** Whether a new signing secret voids the old one at once; otherwise both count for a while. */
  voidOldSecret?: boolean | undefined;
}

interface Parts {
  db: Database;
  slack: SlackAccess;
}

/**
 * Sets up or changes the Slack app. A new token is verified with Slack before it is stored; without one, the stored
 * tokens are checked. Throws a `SlackFault` if Slack can't be reached.
 */
export async function changeSlackApp(
  { db, slack }: Parts,
  change: SlackAppChange,
  by: Principal,
): Promise<SlackApp | Refusal> {
  const needed: readonly Permission[] = givesSecrets(change) ? slackTrust : ["Manage Destinations"];
  // Judged again in the transaction. Slack is not asked about secrets that can't be saved.
  const denied = refuseMissing(by, needed);
  if (denied) return denied;
  const before = await readSlackApp(db.kysely);
  const missing = requiredSecrets(change.mode, presentSecrets(change, before));
  if (missing) return missing;
  const misshapen = refuseShapes(change);
  if (misshapen) return misshapen;
  const token = change.botToken;
  const verified = token ? await verifyToken(slack, token) : null;
  if (isRefusal(verified)) return verified;
  const refused = change.appToken ? await verifyAppToken(slack, change.appToken) : null;
  if (refused) return refused;
  if (!verified)
    await Promise.all(before.installations.map(({ id }) => checkInstallation({ db, slack }, id)));
  const lost = await transactionAs(db, by, needed, async (tx) => {
    const oldSecret = await replaceSigningSecret(tx, slack.vault, { change, by });
    // Typed again by somebody else, it is still the secret of the person who set it.
    const signingSecret = oldSecret === "same" ? undefined : change.signingSecret;
    await storeApp(tx, slack.vault, { change: { ...change, signingSecret }, by });
    if (change.threadMirror !== undefined && change.threadMirror !== before.threadMirror)
      await editOpenCards(tx);
    if (token && verified) await install(tx, slack.vault, { token, verified });
    const changes = auditedChanges(before, change);
    const what = { what: "slack-app", action: "slack_app.changed", target: null } as const;
    await auditAndNotify(tx, by, { ...what, changes, data: { oldSecret } });
    return null;
  });
  if (lost) return lost;
  return readSlackApp(db.kysely);
}

/** Refuses what can't be what it should: Slack can't check every value, and a masked one was saved as a secret. */
function refuseShapes(change: SlackAppChange): Refusal | null {
  for (const field of secretNames) {
    const fault = change[field] ? shapeFault(field, change[field]) : null;
    if (fault) return { refused: "invalid", field, why: `${fault.sentence} ${fault.remedy ?? ""}`.trim() };
  }
  return null;
}

const secretNames = ["botToken", "clientId", "clientSecret", "signingSecret", "appToken"] as const;

/** Whether a change of the Slack app sets a secret. */
export function givesSecrets(change: Partial<SlackAppChange>): boolean {
  return givenSecrets(change).length > 0;
}

function givenSecrets(change: Partial<SlackAppChange>): SecretName[] {
  return secretNames.filter((name) => change[name]);
}

/** The change as the audit log keeps it, without secrets. */
function auditedChanges(before: SlackApp, change: SlackAppChange): Changes {
  const replaced = givenSecrets(change).map((name) => [
    name,
    { from: before.secretsSet[name] ? "set" : null, to: "replaced" },
  ]);
  const { mode: oldMode, threadMirror: oldMirror } = before;
  const { mode, threadMirror } = change;
  const changes = changesBetween({ mode: oldMode, threadMirror: oldMirror }, { mode, threadMirror });
  return { ...changes, ...Object.fromEntries(replaced) };
}

function presentSecrets(change: SlackAppChange, { secretsSet }: SlackApp): Set<SecretName> {
  return new Set(secretNames.filter((name) => change[name] || secretsSet[name]));
}

/**
 * Voids the old signing secret, or keeps it for a while: Slack may still send requests that it signed. Returns what
 * became of it; undefined if there was none or if it stays.
 */
async function replaceSigningSecret(
  tx: Transaction,
  vault: Vault,
  { change: { signingSecret: next, voidOldSecret }, by }: { change: SlackAppChange; by: Principal },
): Promise<"void" | "kept" | "same" | undefined> {
  if (!next) return undefined;
  const app = await tx.selectFrom("slack_app").selectAll().forUpdate().executeTakeFirst();
  const sealed = app?.signing_secret;
  if (!sealed) return undefined;
  if (vault.unseal(sealed, secretPurpose("signing_secret")) === next) return "same";
  const isVoid = voidOldSecret ?? voidsOldSecret(app.signing_secret_by, by);
  await tx
    .updateTable("slack_app")
    .set({
      previous_signing_secret: isVoid ? null : sealed,
      previous_signing_secret_until: isVoid ? null : sql<Date>`now() + interval '24 hours'`,
    })
    .execute();
  return isVoid ? "void" : "kept";
}

/**
 * Whether a new signing secret voids the old one unless the caller says otherwise: somebody else who knows the old one
 * could go on signing with it. `setBy` is null if nobody knows who set it.
 */
export function voidsOldSecret(setBy: string | null, { actor }: Pick<Principal, "actor">): boolean {
  return setBy === null || setBy !== actor.id;
}

/** Undefined columns keep their values. */
async function storeApp(
  tx: Transaction,
  vault: Vault,
  { change, by }: { change: SlackAppChange; by: Principal },
): Promise<void> {
  const sealed = (text: string | undefined, column: Parameters<typeof secretPurpose>[0]) =>
    text ? vault.seal(text, secretPurpose(column)) : undefined;
  const columns = {
    mode: change.mode,
    client_id: change.clientId || undefined,
    client_secret: sealed(change.clientSecret, "client_secret"),
    signing_secret: sealed(change.signingSecret, "signing_secret"),
    signing_secret_by: change.signingSecret ? by.actor.id : undefined,
    app_token: sealed(change.appToken, "app_token"),
    thread_mirror: change.threadMirror,
    updated_at: sql<Date>`now()`,
  };
  await tx
    .insertInto("slack_app")
    .values(columns)
    .onConflict((conflict) => conflict.column("singleton").doUpdateSet(columns))
    .execute();
}

/** Queues an edit of each open card, since the card says whether replies to it are kept. */
async function editOpenCards(tx: Transaction): Promise<void> {
  await sql`
    update cards c set update_due_at = least(update_due_at, now()), update_wanted = update_wanted + 1
    from alerts a where a.id = c.alert_id and a.status in ('OPEN', 'TRIAGED') and not c.gone`.execute(tx);
}

async function install(
  tx: Transaction,
  vault: Vault,
  installed: { token: string; verified: VerifiedToken },
): Promise<void> {
  const installationId = await storeInstallation(tx, vault, installed);
  await openLines(tx, installationId);
}

const where = "in Slack under Basic Information > App-Level Tokens";

/** Asks Slack whether an App-Level Token opens sockets; a refusal with a remedy if not. Throws other `SlackFault`s. */
export async function verifyAppToken({ clientWith }: SlackAccess, token: string): Promise<Refusal | null> {
  try {
    await clientWith(token).openConnection();
    return null;
  } catch (fault) {
    if (!isRefusedBySlack(fault)) throw fault;
    return { refused: "invalid", field: "appToken", why: why(fault.code) };
  }
}

function why(code: string): string {
  switch (code) {
    case "invalid_auth":
      return `Slack doesn't know this App-Level Token: it was revoked or is incomplete. Generate one ${where}.`;
    case "missing_scope":
      return `This App-Level Token lacks connections:write. Generate one with that scope ${where}.`;
    case "not_allowed_token_type":
      return `This is not an App-Level Token. Copy the token that begins with xapp- ${where}.`;
    default:
      return `Slack refuses this App-Level Token (${code}). Generate another ${where}.`;
  }
}
