import { createHmac, timingSafeEqual } from "node:crypto";
import { setImmediate } from "node:timers/promises";

/** The tolerance that Slack recommends, applied to timestamps in the past and in the future. */
const windowSeconds = 300;

export type SignatureCheck =
  | { ok: true }
  | { ok: false; why: "no_secret" | "no_signature" | "bad_timestamp" | "mismatch" }
  /** Signed by Slack, but at another time. `age` is in seconds, negative for a time in the future. */
  | { ok: false; why: "stale"; age: number };

/**
 * Whether Slack signed this request (https://docs.slack.dev/authentication/verifying-requests-from-slack). `rawBody` is
 * the unparsed body, or its pieces as they arrived: joining those of 4 MB would stop everybody else for longer than
 * hashing them. A request that passes can be a replay within five minutes: dedupe it by its id.
 */
export async function verifySignature(request: {
  secret: string;
  headers: Record<string, string | string[] | undefined>;
  rawBody: string | Buffer | readonly Buffer[];
  now: Date;
}): Promise<SignatureCheck> {
  const { secret, headers, rawBody, now } = request;
  // HMAC accepts an empty key, with which anyone could sign.
  if (secret === "") return { ok: false, why: "no_secret" };
  const claim = readClaim(headers, now);
  if ("why" in claim) return { ok: false, why: claim.why };
  const pieces = typeof rawBody === "string" || Buffer.isBuffer(rawBody) ? [rawBody] : rawBody;
  const expected = await hmac(secret, [`v0:${claim.timestamp}:`, ...pieces]);
  if (!equal(`v0=${expected}`, claim.signature)) return { ok: false, why: "mismatch" };
  return Math.abs(claim.age) > windowSeconds ? { ok: false, why: "stale", age: claim.age } : { ok: true };
}

export type Claim =
  /** `age` is in seconds, negative for a time in the future. */
  { signature: string; timestamp: string; age: number } | { why: "no_signature" | "bad_timestamp" };

/** What the headers say of a signature, which needs no body: without one, none has to be read. */
export function readClaim(headers: Record<string, string | string[] | undefined>, now: Date): Claim {
  const signature = header(headers, "x-slack-signature");
  const timestamp = header(headers, "x-slack-request-timestamp");
  if (!signature || !timestamp) return { why: "no_signature" };
  if (!/^\d{1,12}$/.test(timestamp)) return { why: "bad_timestamp" };
  const age = now.getTime() / 1000 - Number(timestamp);
  return { signature, timestamp, age };
}

/** About a millisecond of hashing on a slow machine. */
const bytesAtOnce = 256 * 1024;

async function hmac(secret: string, pieces: readonly (string | Buffer)[]): Promise<string> {
  const hash = createHmac("sha256", secret);
  let bytes = 0;
  for (const piece of pieces) {
    hash.update(piece);
    bytes += piece.length;
    if (bytes < bytesAtOnce) continue;
    bytes = 0;
    await setImmediate();
  }
  return hash.digest("hex");
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
