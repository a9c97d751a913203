import { createHmac } from "node:crypto";

/** The value of `X-Slack-Signature` for a body sent at `timestamp` (seconds since 1970, as text). */
export function sign(secret: string, timestamp: string, body: string): string {
  const hmac = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`);
  return `v0=${hmac.digest("hex")}`;
}
