import { isRefusal } from "../../../alert/refusal.ts";
import { withheldScopes } from "../../../slack/scopes.ts";
import { verifyToken } from "../../../connect/installations/verify-token.ts";
import type { SlackAccess } from "../../../connect/slack-access.ts";
import { fine, type Verdict, wrong, wrongAs } from "../../../connect/app/verdict.ts";

interface Wanted {
  token: string;
  threadMirror: boolean;
  /** The app whose signed requests arrive; null if none did. */
  sendingApp: string | null;
}

/** Asks Slack whose token this is, and what it may do. Throws a `SlackFault` while Slack can't be asked. */
export async function checkBotToken(
  slack: SlackAccess,
  { token, threadMirror, sendingApp }: Wanted,
): Promise<{ verdict: Verdict; appId: string | null }> {
  const verified = await verifyToken(slack, token);
  if (isRefusal(verified)) return { verdict: wrongAs(verified.code, verified.why), appId: null };
  const { appId, scopes, team, botName } = verified;
  if (appId && sendingApp && appId !== sendingApp) return { verdict: otherApp(appId, sendingApp), appId };
  const missing = withheldScopes(scopes, threadMirror ? "with-mirror" : "without-mirror").filter(
    ({ optional }) => !optional,
  );
  if (missing.length > 0) return { verdict: lacks(missing), appId };
  return { verdict: fine(`The token of @${botName ?? "the bot"} in ${team ?? "Slack"}.`), appId };
}

function otherApp(appId: string, sendingApp: string): Verdict {
  return wrong(
    "other_app",
    `This token belongs to the app ${appId}, but the requests that Slack signs and sends here come from ${sendingApp}.`,
    "Copy all values from the pages of one app.",
  );
}

function lacks(missing: { name: string; cost: string }[]): Verdict {
  const each = missing.map(({ name, cost }) => `${name} (without it ${cost})`).join("; ");
  return {
    state: "warning",
    code: "missing_scope",
    sentence: `The app was not granted ${each}.`,
    remedy:
      "Add it in Slack under OAuth & Permissions > Bot Token Scopes, or paste today's manifest under App Manifest, then Install App > Reinstall.",
  };
}
