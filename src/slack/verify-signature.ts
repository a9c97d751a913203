import { subtle, timingSafeEqual } from "node:crypto";

/** The tolerance that Slack recommends, applied to timestamps in the past and in the future. */
const windowSeconds = 300;

export type SignatureCheck =
  | { ok: true }
  | { ok: false; why: "no_secret" | "no_signature" | "bad_timestamp" | "stale" | "mismatch" };

/**
 * Whether Slack signed this request (https://docs.slack.dev/authentication/verifying-requests-from-slack). `rawBody` is
 * the unparsed body; a large one is hashed on another thread. A request that passes can be a replay within five minutes: dedupe it by its id.
 */
export async function verifySignature(request: {
  secret: string;
  headers: Record<string, string | string[] | undefined>;
  rawBody: string | Uint8Array;
  now: Date;
}): Promise<SignatureCheck> {
  const { secret, headers, rawBody, now } = request;
  // HMAC accepts an empty key, with which anyone could sign.
  if (secret === "") return { ok: false, why: "no_secret" };
  const signature = header(headers, "x-slack-signature");
  const timestamp = header(headers, "x-slack-request-timestamp");
  if (!signature || !timestamp) return { ok: false, why: "no_signature" };
  if (!/^\d{1,12}$/.test(timestamp)) return { ok: false, why: "bad_timestamp" };
  const age = now.getTime() / 1000 - Number(timestamp);
  if (Math.abs(age) > windowSeconds) return { ok: false, why: "stale" };
  const signed = Buffer.concat([Buffer.from(`v0:${timestamp}:`), Buffer.from(rawBody)]);
  const expected = await hmac(secret, signed);
  return equal(`v0=${expected}`, signature) ? { ok: true } : { ok: false, why: "mismatch" };
}

async function hmac(secret: string, data: Buffer<ArrayBuffer>): Promise<string> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await subtle.importKey("raw", Buffer.from(secret), algorithm, false, ["sign"]);
  return Buffer.from(await subtle.sign("HMAC", key, data)).toString("hex");
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
/** Whitespace (a line broken while copying) and invisible characters. */
const invisible = /[\s\u00ad\u200b-\u200f\u2060\ufeff]+/gu;

/** Removes what copying adds to a token, secret or id: whitespace, invisible characters, surrounding quotes. */
export function cleanCredential(text: string): string {
  return text.replace(invisible, "").replace(quotes, "");
}
