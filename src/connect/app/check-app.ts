import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables/tables.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import { cleanCredential, verifySignature } from "../../slack/verify-signature.ts";
import { readUnverified, sendingApp, type Unverified } from "../check-signature.ts";
import { checkAppToken, checkBotToken, checkClient } from "./check-tokens.ts";
import { shapeFault } from "./shape-fault.ts";
import type { SecretName } from "./slack-app.ts";
import {
  type CheckParts,
  okVerdict,
  unknownVerdict,
  type Verdict,
  type Verdicts,
  wrongVerdict,
} from "./verdict.ts";

/** The values typed so far. They must not be stored or logged. */
interface TypedValues extends Partial<Record<SecretName, string | undefined>> {
  threadMirror: boolean;
}

/** Checks each typed value by its shape and, if Slack can tell, with Slack. */
export async function checkApp(parts: CheckParts, typed: TypedValues): Promise<Verdicts> {
  const { values, verdicts } = checkShapes(typed);
  const { botToken, appToken, clientId, clientSecret, signingSecret } = values;
  const requests = signingSecret ? await readUnverified({ db: parts.db, vault: parts.slack.vault }) : [];
  const signed = signingSecret ? await checkSigningSecret(signingSecret, requests) : null;
  const bot = botToken
    ? await orUnknown(
        checkBotToken(parts.slack, { ...typed, token: botToken, sendingApp: signed?.appId ?? null }),
      )
    : null;
  const appId = bot?.appId ?? (botToken ? null : await storedAppId(parts.db.kysely));
  const [ofAppToken, client] = await Promise.all([
    appToken ? orUnknown(checkAppToken(parts.slack, { token: appToken, appId })) : null,
    clientId || clientSecret ? orUnknown(checkClient(parts, { clientId, clientSecret })) : null,
  ]);
  return {
    ...verdicts,
    ...(bot && { botToken: bot.verdict }),
    ...(signed && { signingSecret: signed.verdict }),
    ...(ofAppToken && { appToken: ofAppToken.verdict }),
    ...client?.verdicts,
  };
}

const names = ["botToken", "clientId", "clientSecret", "signingSecret", "appToken"] as const;

/** Verdicts on values of a wrong shape; the other values are to be checked with Slack. */
function checkShapes(typed: TypedValues): {
  values: Partial<Record<SecretName, string>>;
  verdicts: Verdicts;
} {
  const values: Partial<Record<SecretName, string>> = {};
  const verdicts: Verdicts = {};
  for (const name of names) {
    const value = cleanCredential(typed[name] ?? "");
    if (value === "") continue;
    const fault = shapeFault(name, value);
    if (fault) verdicts[name] = fault;
    else values[name] = value;
  }
  return { values, verdicts };
}

interface CheckResult {
  verdict: Verdict;
  verdicts?: Verdicts;
  appId?: string | null;
}

/** The result of a check, or the verdict `unknown` if Slack can't be reached. */
async function orUnknown(check: Promise<CheckResult>): Promise<CheckResult> {
  try {
    return await check;
  } catch (fault) {
    if (fault instanceof SlackFault) return { verdict: unknownVerdict(fault.code) };
    throw fault;
  }
}

/**
 * Checks a signing secret against unverified requests, newest first; `appId` is the app that sent a matching one. One
 * match is enough, since anybody can send requests that don't match.
 */
export async function checkSigningSecret(
  secret: string,
  requests: readonly Unverified[],
): Promise<{ verdict: Verdict; appId: string | null }> {
  const checks = requests.map(async ({ at, timestamp, signature, rawBody }) => {
    const headers = { "x-slack-request-timestamp": timestamp, "x-slack-signature": signature };
    const { ok } = await verifySignature({ secret, headers, rawBody, now: at });
    return ok ? [rawBody] : [];
  });
  const matching = (await Promise.all(checks)).flat();
  const [last] = requests;
  const appId = matching.map(sendingApp).find((app) => app !== null) ?? null;
  if (matching.length > 0) return { verdict: okVerdict("Verified with Slack's request."), appId };
  if (!last) return { verdict: notVerified, appId: null };
  return { verdict: mismatch, appId: null };
}

const notVerified: Verdict = {
  state: "ok",
  code: "not_tried",
  sentence: "Not verified yet, because no request from Slack has arrived.",
  remedy:
    "To verify it, press Verify in Slack under Event Subscriptions, or Test the buttons in the last step.",
};

const mismatch = wrongVerdict(
  "signature_mismatch",
  "The last request from Slack was signed with a different secret.",
  "In Slack under Basic Information > App Credentials, press Show next to Signing Secret and copy it. The Client Secret above it looks the same but is a different value.",
);

/** The id of the app whose bot token is stored; null if none is stored. */
async function storedAppId(db: Kysely<Tables>): Promise<string | null> {
  const row = await db
    .selectFrom("installations")
    .select("app_id")
    .where("app_id", "is not", null)
    .orderBy("id")
    .executeTakeFirst();
  return row?.app_id ?? null;
}
