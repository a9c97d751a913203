import { createHmac, timingSafeEqual } from "node:crypto";

/** Slack's own window; checked on both sides, since a timestamp from the future is no better than an old one. */
const windowSeconds = 300;

export type SignatureCheck =
  | { ok: true }
  | { ok: false; why: "no_secret" | "no_signature" | "bad_timestamp" | "stale" | "mismatch" };

/**
 * Whether Slack sent this request (https://docs.slack.dev/authentication/verifying-requests-from-slack).
 * `rawBody` is the body as it came in, before any parsing; header names in any case. A request that passes
 * can still be a replay of the last five minutes: dedupe it by its own id.
 */
export function verifySignature(request: {
  secret: string;
  headers: Record<string, string | string[] | undefined>;
  rawBody: string | Uint8Array;
  now: Date;
}): SignatureCheck {
  const { secret, headers, rawBody, now } = request;
  // An empty key signs as well as any other: whoever knows that it is empty could forge.
  if (secret === "") return { ok: false, why: "no_secret" };
  const signature = header(headers, "x-slack-signature");
  const timestamp = header(headers, "x-slack-request-timestamp");
  if (!signature || !timestamp) return { ok: false, why: "no_signature" };
  if (!/^\d{1,12}$/.test(timestamp)) return { ok: false, why: "bad_timestamp" };
  const age = now.getTime() / 1000 - Number(timestamp);
  if (Math.abs(age) > windowSeconds) return { ok: false, why: "stale" };
  const expected = createHmac("sha256", secret).update(`v0:${timestamp}:`).update(rawBody).digest("hex");
  return equal(`v0=${expected}`, signature) ? { ok: true } : { ok: false, why: "mismatch" };
}

function header(headers: Record<string, string | string[] | undefined>, name: string): string | undefined {
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof found === "string" ? found : undefined;
}

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

const quotes = /^["'`“”‘’«»]+|["'`“”‘’«»]+$/gu;
/** White space within is a line that was broken when it was copied; the others can't be seen. */
const unseen = /[\s\u00ad\u200b-\u200f\u2060\ufeff]+/gu;

/** A token, secret or id without what comes along when it is copied: spaces, line ends, quotes. */
export function cleanCredential(text: string): string {
  return text.replace(unseen, "").replace(quotes, "");
}
