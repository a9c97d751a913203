import { sql } from "kysely";
import { secretPurpose } from "../../setup/secrets/purposes.ts";
import type { CheckParts } from "../../setup/slack-app/check/check-parts.ts";
import { fine, type Verdict, type Verdicts, wrong } from "./verdict.ts";

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
