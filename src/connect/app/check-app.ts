import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables/tables.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import { cleanCredential, verifySignature } from "../../slack/verify-signature.ts";
import { readUnverified, sendingApp, type Unverified } from "../check-signature.ts";
import { checkAppToken, checkBotToken, checkClient } from "./check-tokens.ts";
import { shapeFault } from "./shape-fault.ts";
import type { SecretName } from "./slack-app.ts";
import { type CheckParts, fine, notAsked, type Verdict, type Verdicts, wrong } from "./verdict.ts";

/** What was typed so far; nothing of it is stored or logged. */
interface Typed extends Partial<Record<SecretName, string | undefined>> {
  threadMirror: boolean;
}

/** Says of each value that was typed whether it works, and if not what to do. Slack is asked where it can tell. */
export async function checkApp(parts: CheckParts, typed: Typed): Promise<Verdicts> {
  const { values, verdicts } = byLooks(typed);
  const { botToken, appToken, clientId, clientSecret, signingSecret } = values;
  const heard = signingSecret ? await readUnverified({ db: parts.db, vault: parts.slack.vault }) : [];
  const signed = signingSecret ? checkSigningSecret(signingSecret, heard) : null;
  const bot = botToken
    ? await asked(
        checkBotToken(parts.slack, { ...typed, token: botToken, sendingApp: signed?.appId ?? null }),
      )
    : null;
  const appId = bot?.appId ?? (botToken ? null : await knownApp(parts.db.kysely));
  const [ofAppToken, client] = await Promise.all([
    appToken ? asked(checkAppToken(parts.slack, { token: appToken, appId })) : null,
    clientId || clientSecret ? asked(checkClient(parts, { clientId, clientSecret })) : null,
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

/** What is wrong by its looks needs no question. */
function byLooks(typed: Typed): { values: Partial<Record<SecretName, string>>; verdicts: Verdicts } {
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

interface Asked {
  verdict: Verdict;
  verdicts?: Verdicts;
  appId?: string | null;
}

/** A fault that passes says nothing about the value. */
async function asked(check: Promise<Asked>): Promise<Asked> {
  try {
    return await check;
  } catch (fault) {
    if (fault instanceof SlackFault) return { verdict: notAsked(fault.code) };
    throw fault;
  }
}

/**
 * Tries a signing secret on what Slack sent before it was known. Gives back, too, which app signs so. Anybody
 * could have sent what doesn't fit, so that one request that fits is enough.
 */
export function checkSigningSecret(
  secret: string,
  heard: readonly Unverified[],
): { verdict: Verdict; appId: string | null } {
  const fitting = heard.filter(({ at, timestamp, signature, rawBody }) => {
    const headers = { "x-slack-request-timestamp": timestamp, "x-slack-signature": signature };
    return verifySignature({ secret, headers, rawBody, now: at }).ok;
  });
  const [last] = heard;
  const appId = fitting.map(({ rawBody }) => sendingApp(rawBody)).find((app) => app !== null) ?? null;
  if (fitting.length > 0) return { verdict: fine("It fits the request that came from Slack."), appId };
  if (!last) return { verdict: untried, appId: null };
  return { verdict: unfit, appId: null };
}

const untried: Verdict = {
  state: "ok",
  code: "not_tried",
  sentence: "No request has come from Slack yet on which it could be tried.",
  remedy: "Press Verify in Slack under Event Subscriptions, or Test the buttons at the end.",
};

const unfit = wrong(
  "signature_mismatch",
  "The last request that came from Slack is signed with another secret.",
  "Press Show beside Signing Secret in Slack under Basic Information > App Credentials, and copy it; the Client Secret above looks the same, and is another.",
);

/** The id of the app whose bot token is stored; null before there is one. */
async function knownApp(db: Kysely<Tables>): Promise<string | null> {
  const row = await db
    .selectFrom("installations")
    .select("app_id")
    .where("app_id", "is not", null)
    .orderBy("id")
    .executeTakeFirst();
  return row?.app_id ?? null;
}
