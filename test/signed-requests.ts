import { createHmac, randomUUID } from "node:crypto";
import type { Card } from "../simulator/story/card.ts";
import type { Story } from "./tocsin/story.ts";

/** Sends a signed event of ACME's workspace to Tocsin, as Slack would. Returns the HTTP status. */
export async function sendEvent(
  { slack, origin, now }: Story,
  event: { type: string; [field: string]: unknown },
): Promise<number> {
  const body = JSON.stringify({
    type: "event_callback",
    event_id: `Ev${randomUUID()}`,
    team_id: "T0ACME0001",
    api_app_id: slack.app.appId,
    event,
  });
  const at = String(Math.floor(now().getTime() / 1000));
  const signature = createHmac("sha256", slack.app.signingSecret).update(`v0:${at}:${body}`).digest("hex");
  const headers = {
    "content-type": "application/json",
    "x-slack-request-timestamp": at,
    "x-slack-signature": `v0=${signature}`,
  };
  return (await fetch(`${origin}/slack/events`, { method: "POST", headers, body })).status;
}

interface Click {
  /** A Slack user's id. */
  userId: string;
  /** Slack's id of this click; a retry has the same one. */
  triggerId: string;
  /** The card, and the `block_id` of its controls when the person clicked. */
  card: Pick<Card, "channel" | "ts">;
  blockId: string;
  responseUrl?: string;
  action: { action_id: "status" | "assign"; selected_option?: { value: string }; selected_user?: string };
}

/** Sends a signed click as Slack would, even if the card has changed since. Returns the HTTP status. */
export async function sendClick({ slack, origin, now }: Story, click: Click): Promise<number> {
  const { userId, triggerId, card, blockId, responseUrl, action } = click;
  const payload = {
    type: "block_actions",
    user: { id: userId, team_id: "T0ACME0001" },
    team: { id: "T0ACME0001" },
    api_app_id: slack.app.appId,
    trigger_id: triggerId,
    response_url: responseUrl,
    channel: { id: card.channel },
    message: { ts: card.ts },
    actions: [{ ...action, block_id: blockId }],
  };
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const at = String(Math.floor(now().getTime() / 1000));
  const signature = createHmac("sha256", slack.app.signingSecret).update(`v0:${at}:${body}`).digest("hex");
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    "x-slack-request-timestamp": at,
    "x-slack-signature": `v0=${signature}`,
  };
  return (await fetch(`${origin}/slack/events`, { method: "POST", headers, body })).status;
}

export interface SignedBody {
  body: string | Buffer;
  contentType: string;
  /** The age of the timestamp; negative for one in the future. */
  ageSeconds?: number;
  /** The secret to sign with, by default the app's. */
  secret?: string;
}

/** Posts a signed body to the endpoint that Slack calls. Returns the response. */
export async function postToSlackEndpoint(
  { slack, origin, now }: Story,
  { body, contentType, ageSeconds = 0, secret = slack.app.signingSecret }: SignedBody,
): Promise<{ status: number; text: string }> {
  const at = String(Math.floor(now().getTime() / 1000) - ageSeconds);
  const signature = createHmac("sha256", secret).update(`v0:${at}:`).update(body).digest("hex");
  const headers = {
    "content-type": contentType,
    "x-slack-request-timestamp": at,
    "x-slack-signature": `v0=${signature}`,
  };
  const response = await fetch(`${origin}/slack/events`, {
    method: "POST",
    headers,
    body: new Uint8Array(Buffer.from(body)),
  });
  return { status: response.status, text: await response.text() };
}
