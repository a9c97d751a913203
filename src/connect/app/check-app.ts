import { cleanCredential } from "../../slack/clean-credential.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import { readUnverified } from "../../setup/slack-app/arrived/read-unverified.ts";
import type { SecretName } from "../../setup/slack-app/required-secrets.ts";
import { checkAppToken } from "../../setup/slack-app/check/check-app-token.ts";
import { checkBotToken } from "../../setup/slack-app/check/check-bot-token.ts";
import { checkClient } from "./check-tokens.ts";
import type { CheckParts } from "../../setup/slack-app/check/check-parts.ts";
import { checkSigningSecret } from "../../setup/slack-app/check/check-signing-secret.ts";
import { knownApp } from "../../setup/slack-app/check/known-app.ts";
import { shapeFault } from "./shape-fault.ts";
import { notAsked, type Verdict, type Verdicts } from "./verdict.ts";

/** What was typed so far; nothing of it is stored or logged. */
export interface Typed extends Partial<Record<SecretName, string | undefined>> {
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
