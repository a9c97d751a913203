import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import type { GrantedToken } from "../../slack/client/exchange-code.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import { type VerifiedToken, verifyToken } from "../../connect/installations/verify-token.ts";
import type { SlackAccess } from "../../connect/slack-access.ts";
import { grantFault } from "./grant-fault.ts";
import { oauthRefusal } from "./oauth-refusal.ts";
import { readClient } from "./read-client.ts";

export interface Grant {
  token: string;
  verified: VerifiedToken;
}

interface Parts {
  db: Database;
  slack: SlackAccess;
}

type Brought = { code?: string | undefined; error?: string | undefined; redirectUri: string };

/** Fetches what somebody allowed at Slack, and asks Slack what it is. A code is spent by the try: no fault is thrown. */
export async function fetchGrant(parts: Parts, brought: Brought): Promise<Grant | Refusal> {
  const { code, error, redirectUri } = brought;
  if (error || !code) return oauthRefusal(error ?? "no_code");
  const client = await readClient(parts.db.kysely, parts.slack.vault);
  if (isRefusal(client)) return client;
  try {
    const granted = await parts.slack.exchangeCode({ ...client, code, redirectUri });
    return await verified(parts, granted);
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    return oauthRefusal(fault.code);
  }
}

async function verified({ db, slack }: Parts, granted: GrantedToken): Promise<Grant | Refusal> {
  const installed = await db.kysely
    .selectFrom("installations")
    .select("app_id")
    .where("app_id", "is not", null)
    .limit(1)
    .executeTakeFirst();
  const token = await verifyToken(slack, granted.token);
  if (isRefusal(token)) return token;
  const fault = grantFault(granted, { ofToken: token.appId, ofInstalled: installed?.app_id ?? null });
  // Of an organisation's token auth.test tells the name of one of its workspaces.
  const team = (token.orgInstall && granted.enterpriseName) || token.team;
  return fault ?? { token: granted.token, verified: { ...token, team, appId: granted.appId } };
}
