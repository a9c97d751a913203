import { sql } from "kysely";
import { isRefusal } from "../../alert/refusal.ts";
import { secretPurpose } from "../../secrets/vault.ts";
import { withheldScopes } from "../../slack/scopes.ts";
import { verifyToken } from "../installations/verify-token.ts";
import type { SlackAccess } from "../slack-access.ts";
import { verifyAppToken } from "./change-slack-app.ts";
import { type CheckParts, fine, type Verdict, type Verdicts, wrong, wrongAs } from "./verdict.ts";

interface Client {
  clientId: string | undefined;
  clientSecret: string | undefined;
}

const where = "in Slack under Basic Information > App Credentials";

/** Asks Slack about a Client ID and its secret; what isn't typed is taken from what is stored. */
export async function checkClient(
  { db, slack }: CheckParts,
  typed: Client,
): Promise<{ verdict: Verdict; verdicts: Verdicts }> {
  const stored = await readStored({ db, slack });
  const clientId = typed.clientId ?? stored.clientId;
  const clientSecret = typed.clientSecret ?? stored.clientSecret;
  // Half of the pair can't be tried; the other half's turn comes when it is typed.
  if (!clientId || !clientSecret) return told(typed, halfTold, halfTold);
  switch (await slack.checkCredentials({ clientId, clientSecret })) {
    case "ok":
      return told(typed, fine("Slack knows this app."), fine("It fits the Client ID."));
    case "invalid_client_id":
      return told(typed, unknownClient, halfTold);
    case "bad_client_secret":
      return told(typed, fine("Slack knows this app."), badSecret);
  }
}

const halfTold: Verdict = fine("It is checked together with the other of the two.");
const unknownClient = wrong(
  "invalid_client_id",
  "Slack knows no app with this Client ID.",
  `Copy the Client ID ${where}; it is not the App ID.`,
);
const badSecret = wrong(
  "bad_client_secret",
  "This is not the Client Secret of the app with this Client ID.",
  `Press Show beside Client Secret ${where}, and copy it; the Signing Secret below looks the same. One that was replaced counts for 24 hours more.`,
);

/** Only of what was typed something is said. */
function told(typed: Client, ofId: Verdict, ofSecret: Verdict): { verdict: Verdict; verdicts: Verdicts } {
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

/** An App-Level Token says which app it is of: `xapp-1-A0TOCSIN01-…`. */
const ofApp = /^xapp-\d+-(A[A-Z0-9]+)-/;

/** Asks Slack whether the token opens sockets, and compares its app with that of the bot token. */
export async function checkAppToken(
  slack: SlackAccess,
  { token, appId }: { token: string; appId: string | null },
): Promise<{ verdict: Verdict }> {
  const own = ofApp.exec(token)?.[1];
  if (own && appId && own !== appId) {
    const sentence = `This App-Level Token belongs to the app ${own}, but the Bot OAuth Token to ${appId}.`;
    return { verdict: wrong("other_app", sentence, "Copy both from the pages of one app.") };
  }
  const refused = await verifyAppToken(slack, token);
  if (!refused) return { verdict: fine("It opens a socket to Slack.") };
  return { verdict: wrongAs("refused", refused.why) };
}

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
