import type { SlackAccess } from "../../../connect/slack-access.ts";
import { verifyAppToken } from "../verify-app-token.ts";
import { fine, type Verdict, wrong, wrongAs } from "../../../connect/app/verdict.ts";

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
