import { sql } from "kysely";
import { isRefusal } from "../../alert/refusal.ts";
import { secretPurpose } from "../../secrets/vault.ts";
import { withheldScopes } from "../../slack/scopes.ts";
import { verifyToken } from "../installations/verify-token.ts";
import type { SlackAccess } from "../slack-access.ts";
import { verifyAppToken } from "./change-slack-app.ts";
import {
  type CheckParts,
  okVerdict,
  type Verdict,
  type Verdicts,
  wrongVerdict,
  wrongVerdictFrom,
} from "./verdict.ts";

interface Client {
  clientId: string | undefined;
  clientSecret: string | undefined;
}

const where = "in Slack under Basic Information > App Credentials";

/** Checks a Client ID and its secret with Slack. A value that isn't typed is taken from the stored app. */
export async function checkClient(
  { db, slack }: CheckParts,
  typed: Client,
): Promise<{ verdict: Verdict; verdicts: Verdicts }> {
  const stored = await readStored({ db, slack });
  const clientId = typed.clientId ?? stored.clientId;
  const clientSecret = typed.clientSecret ?? stored.clientSecret;
  // Slack only checks the two together.
  if (!clientId || !clientSecret) return verdictsOf(typed, otherMissing, otherMissing);
  switch (await slack.checkCredentials({ clientId, clientSecret })) {
    case "ok":
      return verdictsOf(typed, okVerdict("Slack knows this app."), okVerdict("Matches the Client ID."));
    case "invalid_client_id":
      return verdictsOf(typed, unknownClient, otherMissing);
    case "bad_client_secret":
      return verdictsOf(typed, okVerdict("Slack knows this app."), badSecret);
  }
}

const otherMissing: Verdict = okVerdict("Client ID and Client Secret are checked together.");
const unknownClient = wrongVerdict(
  "invalid_client_id",
  "Slack has no app with this Client ID.",
  `Copy the Client ID ${where}; it is not the App ID.`,
);
const badSecret = wrongVerdict(
  "bad_client_secret",
  "This Client Secret doesn't belong to this Client ID.",
  `Press Show next to Client Secret ${where}, and copy it. The Signing Secret below it looks the same but is a different value. A replaced Client Secret works for 24 more hours.`,
);

/** Verdicts on the typed values only. */
function verdictsOf(
  typed: Client,
  ofId: Verdict,
  ofSecret: Verdict,
): { verdict: Verdict; verdicts: Verdicts } {
  const verdicts: Verdicts = {
    ...(typed.clientId && { clientId: ofId }),
    ...(typed.clientSecret && { clientSecret: ofSecret }),
  };
  return { verdict: ofId, verdicts };
}

async function readStored({ db, slack: { vault } }: CheckParts): Promise<Client> {
  const { rows } = await sql<{ id: string | null; secret: Buffer | null }>`
    select client_id as id, client_secret as secret from slack_app`.execute(db.kysely);
  const [app] = rows;
  return {
    clientId: app?.id ?? undefined,
    clientSecret: app?.secret ? vault.unseal(app.secret, secretPurpose("client_secret")) : undefined,
  };
}

/** An App-Level Token contains its app's id: `xapp-1-A0TOCSIN01-…`. */
const ofApp = /^xapp-\d+-(A[A-Z0-9]+)-/;

/** Checks that the token belongs to the bot token's app and, with Slack, that it opens sockets. */
export async function checkAppToken(
  slack: SlackAccess,
  { token, appId }: { token: string; appId: string | null },
): Promise<{ verdict: Verdict }> {
  const own = ofApp.exec(token)?.[1];
  if (own && appId && own !== appId) {
    const sentence = `This App-Level Token belongs to the app ${own}, but the Bot OAuth Token belongs to ${appId}.`;
    return { verdict: wrongVerdict("other_app", sentence, "Copy both from the same app's pages.") };
  }
  const refused = await verifyAppToken(slack, token);
  if (!refused) return { verdict: okVerdict("Verified: it opens a connection to Slack.") };
  return { verdict: wrongVerdictFrom("refused", refused.why) };
}

interface BotTokenInput {
  token: string;
  threadMirror: boolean;
  /** The app whose signed requests arrive; null if none has arrived. */
  sendingApp: string | null;
}

/** Checks a bot token and its scopes with Slack. Throws a `SlackFault` if Slack can't be reached. */
export async function checkBotToken(
  slack: SlackAccess,
  { token, threadMirror, sendingApp }: BotTokenInput,
): Promise<{ verdict: Verdict; appId: string | null }> {
  const verified = await verifyToken(slack, token);
  if (isRefusal(verified)) return { verdict: wrongVerdictFrom(verified.code, verified.why), appId: null };
  const { appId, scopes, team, botName } = verified;
  if (appId && sendingApp && appId !== sendingApp) return { verdict: otherApp(appId, sendingApp), appId };
  const missing = withheldScopes(scopes, threadMirror ? "with-mirror" : "without-mirror").filter(
    ({ optional }) => !optional,
  );
  if (missing.length > 0) return { verdict: lacks(missing), appId };
  return { verdict: okVerdict(`Token of @${botName ?? "the bot"} in ${team ?? "Slack"}.`), appId };
}

function otherApp(appId: string, sendingApp: string): Verdict {
  return wrongVerdict(
    "other_app",
    `This token belongs to the app ${appId}, but Slack's requests come from ${sendingApp}.`,
    "Copy all values from the same app's pages.",
  );
}

function lacks(missing: { name: string; cost: string }[]): Verdict {
  const each = missing.map(({ name, cost }) => `${name} (without it ${cost})`).join("; ");
  return {
    state: "warning",
    code: "missing_scope",
    sentence: `The app was not granted ${each}.`,
    remedy:
      "Add it in Slack under OAuth & Permissions > Bot Token Scopes, or paste the current manifest under App Manifest. Then press Install App > Reinstall.",
  };
}
