import { verifySignature } from "../../../slack/verify-signature.ts";
import type { Unverified } from "../arrived/keep-unverified.ts";
import { sendingApp } from "../arrived/sending-app.ts";
import { fine, type Verdict, wrong } from "../../../connect/app/verdict.ts";

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
