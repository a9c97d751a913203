import { createHmac, randomUUID } from "node:crypto";
import type { Story } from "./tocsin/story.ts";

/** Sends an event as Slack would, signed, from ACME's workspace to Tocsin's app; gives back the HTTP status. */
export async function sendEvent(
  { slack, origin }: Story,
  event: { type: string; [field: string]: unknown },
): Promise<number> {
  const body = JSON.stringify({
    type: "event_callback",
    event_id: `Ev${randomUUID()}`,
    team_id: "T0ACME0001",
    api_app_id: slack.app.appId,
    event,
  });
  const at = String(Math.floor(Date.now() / 1000));
  const signature = createHmac("sha256", slack.app.signingSecret).update(`v0:${at}:${body}`).digest("hex");
  const headers = {
    "content-type": "application/json",
    "x-slack-request-timestamp": at,
    "x-slack-signature": `v0=${signature}`,
  };
  return (await fetch(`${origin}/slack/events`, { method: "POST", headers, body })).status;
}
