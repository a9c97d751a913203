import http from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { WebhookFault, type WebhookFaultFacts } from "./event-fault.ts";

interface Post {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** From the first packet to the status line. */
const timeoutMs = 10_000;
/** What is read of an answer's body before the connection is dropped. None of it is looked at or kept. */
const mostAnswerBytes = 64 * 1024;

/**
 * Posts to an address that may be used, which is checked as the connection is made; redirects are not followed.
 * Throws a `WebhookFault` unless the answer is a 2xx.
 */
export async function post(
  { url, headers, body }: Post,
  rules: AddressRules & { resolve: Resolve },
): Promise<void> {
  const target = new URL(url);
  const check = { ...rules, encrypted: target.protocol === "https:" };
  try {
    // No lookup is made for a host that is an address.
    if (isIP(target.hostname.replace(/^\[|\]$/g, ""))) await usableAddresses(target.hostname, check);
    const answer = await send(target, {
      method: "POST",
      headers: { ...headers, "content-length": Buffer.byteLength(body) },
      lookup: checkedLookup(check),
      // No connection is used twice, and none goes through a proxy of the environment.
      agent: false,
      signal: AbortSignal.timeout(timeoutMs),
      body,
    });
    const fault = classifyAnswer(answer, new Date());
    if (fault) throw new WebhookFault(fault);
  } catch (error) {
    throw classifyFailure(error);
  }
}

interface Answer {
  status: number;
  retryAfter: string | undefined;
}

function send(target: URL, { body, ...options }: https.RequestOptions & { body: string }): Promise<Answer> {
  const { request } = target.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const sending = request(target, options, (answer) => {
      drain(answer);
      resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers["retry-after"] });
    });
    sending.on("error", reject);
    sending.end(body);
  });
}

/** Lets the receiver finish; the request's time limit ends it otherwise. */
function drain(answer: http.IncomingMessage): void {
  let bytes = 0;
  answer.on("error", () => {});
  answer.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostAnswerBytes) answer.destroy();
  });
}

/** Where webhooks may go. */
interface AddressRules {
  /** Ranges of private addresses that are allowed all the same, as `10.1.0.0/16`. */
  allowed: readonly string[];
}

type AddressVerdict = "usable" | "private_address" | "plain_http";

/**
 * May an event be sent to this IP address? Only what is plainly on the internet, by TLS, or what the settings
 * name: everything that has a special meaning is refused, the ways of writing an IPv4 address in IPv6 included.
 */
export function decideAddress(
  address: string,
  { encrypted, allowed }: AddressRules & { encrypted: boolean },
): AddressVerdict {
  if (!ipaddr.isValid(address)) return "private_address";
  const parsed = ipaddr.process(address);
  if (allowed.some((range) => contains(range, parsed))) return "usable";
  if (parsed.range() !== "unicast") return "private_address";
  return encrypted ? "usable" : "plain_http";
}

function contains(range: string, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  const [network, bits] = ipaddr.parseCIDR(range.includes("/") ? range : `${range}/${longest(range)}`);
  return network.kind() === address.kind() && address.match(network, bits);
}

function longest(address: string): number {
  return ipaddr.parse(address).kind() === "ipv4" ? 32 : 128;
}

interface ResolvedAddress {
  address: string;
  family: number;
}

/** Asks what addresses a name has; throws if it has none. */
export type Resolve = (hostname: string) => Promise<ResolvedAddress[]>;

interface Check extends AddressRules {
  encrypted: boolean;
  resolve: Resolve;
}

/** The addresses of a host that may be used. Throws a `WebhookFault` if it has only others. */
export async function usableAddresses(host: string, check: Check): Promise<ResolvedAddress[]> {
  const hostname = host.replace(/^\[|\]$/g, "");
  const family = isIP(hostname);
  const all = family ? [{ address: hostname, family }] : await check.resolve(hostname);
  const judged = all.map((one) => ({ ...one, verdict: decideAddress(one.address, check) }));
  const usable = judged.filter(({ verdict }) => verdict === "usable");
  if (usable.length > 0) return usable.map(({ address, family }) => ({ address, family }));
  throw new WebhookFault({ kind: "setup", code: worst(judged), retryAfterSeconds: null });
}

function worst(judged: { verdict: AddressVerdict }[]): string {
  return judged.some(({ verdict }) => verdict === "plain_http") ? "plain_http" : "private_address";
}

/**
 * A lookup for one connection, that gives it only addresses which were checked: a name that is asked twice may
 * answer differently (DNS rebinding), so the answer that is checked must be the one that is connected to.
 */
function checkedLookup(check: Check): LookupFunction {
  return (hostname, options, callback) => {
    usableAddresses(hostname, check).then(
      (addresses) => {
        const [first] = addresses;
        if (options.all) callback(null, addresses);
        else callback(null, first?.address ?? "", first?.family);
      },
      (fault: NodeJS.ErrnoException) => callback(fault, options.all ? [] : ""),
    );
  };
}

/** The receiver can't or won't take it now, and says nothing of the address or of what was sent. */
const passing = new Set([408, 421, 425, 429]);
/** The receiver doesn't like what was sent. */
const content = new Set([400, 406, 409, 411, 412, 413, 415, 422, 431]);

/** What an answer means; null when the event was taken. */
export function classifyAnswer(
  { status, retryAfter }: { status: number; retryAfter: string | undefined },
  now: Date,
): WebhookFaultFacts | null {
  if (status >= 200 && status < 300) return null;
  const code = `http_${status}`;
  if (status >= 300 && status < 400) return { kind: "setup", code: "redirected", retryAfterSeconds: null };
  if (status >= 500 || passing.has(status)) {
    const retryAfterSeconds = readRetryAfter(retryAfter, now);
    return { kind: retryAfterSeconds === null ? "passing" : "rate", code, retryAfterSeconds };
  }
  return { kind: content.has(status) ? "content" : "setup", code, retryAfterSeconds: null };
}

const badCertificate =
  /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(GET|VERIFY)_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA)/;

/** What went wrong on the way to an answer. */
function classifyFailure(error: unknown): WebhookFault {
  if (error instanceof WebhookFault) return error;
  const code = codeOf(error);
  const options = { cause: error };
  if (badCertificate.test(code))
    return new WebhookFault({ kind: "setup", code: "bad_certificate", retryAfterSeconds: null }, options);
  return new WebhookFault({ kind: "passing", code: code.toLowerCase(), retryAfterSeconds: null }, options);
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "network";
  if (error.name === "TimeoutError" || error.name === "AbortError") return "timeout";
  // Addresses were tried one after the other: what the last one said stands for all.
  if (error instanceof AggregateError) return codeOf(error.errors.at(-1));
  return "code" in error && typeof error.code === "string" ? error.code : "network";
}

/** Longer ones are cut: a receiver's mistake shall not silence it for good. */
const longestSeconds = 24 * 3600;

/** Seconds that a `Retry-After` asks for, given as seconds or as a date; null without one that can be read. */
function readRetryAfter(header: string | undefined, now: Date): number | null {
  if (!header) return null;
  const text = header.trim();
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - now.getTime()) / 1000;
  return Number.isFinite(seconds) ? Math.min(longestSeconds, Math.max(1, seconds)) : null;
}
