import { createHmac } from "node:crypto";
import type { Story } from "./tocsin/story.ts";

export interface Posted {
  body: string | Buffer;
  contentType: string;
  /** Seconds from now that the timestamp says. */
  ageSeconds?: number;
  /** Another than Slack's. */
  secret?: string;
}

/** Posts a body to the address that Slack calls, signed as Slack signs, and gives back what came of it. */
export async function postToSlackDoor(
  { slack, origin }: Story,
  { body, contentType, ageSeconds = 0, secret = slack.app.signingSecret }: Posted,
): Promise<{ status: number; text: string; ms: number }> {
  const at = String(Math.floor(Date.now() / 1000) - ageSeconds);
  const signature = createHmac("sha256", secret).update(`v0:${at}:`).update(body).digest("hex");
  const headers = {
    "content-type": contentType,
    "x-slack-request-timestamp": at,
    "x-slack-signature": `v0=${signature}`,
  };
  const began = performance.now();
  const response = await fetch(`${origin}/slack/events`, {
    method: "POST",
    headers,
    body: new Uint8Array(Buffer.from(body)),
  });
  const text = await response.text();
  return { status: response.status, text, ms: performance.now() - began };
}
