import http from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { EventFault, type EventFaultFacts } from "./event-fault.ts";

export interface Post {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** The connection is dropped when the response body is longer. */
const maxResponseBytes = 64 * 1024;
/** So much of the response body is kept: the reason of a refusal, or what a GET asked for. */
const [reasonBytes, contentBytes] = [4096, 16 * 1024];

/** A response, whatever its status. */
export interface Answer {
  status: number;
  retryAfter: string | undefined;
  /** The beginning of the body. */
  text: string;
}

interface Rules extends AddressRules {
  resolve: Resolve;
  /** From connecting to the status line. */
  timeoutMs: number;
}

/** Sends one POST. Throws an `EventFault` if there is no response. */
export function post({ url, headers, body }: Post, rules: Rules): Promise<Answer> {
  const length = Buffer.byteLength(body);
  const options = { method: "POST", headers: { ...headers, "content-length": length } };
  return exchange(url, { ...options, body, keptBytes: reasonBytes }, rules);
}

/** Sends one GET. Throws an `EventFault` if there is no response. */
export function get({ url }: { url: string }, rules: Rules): Promise<Answer> {
  return exchange(url, { method: "GET", body: "", keptBytes: contentBytes }, rules);
}

type Exchange = https.RequestOptions & { body: string; keptBytes: number };

/** The address is checked while the connection is made, and redirects are not followed. */
async function exchange(url: string, options: Exchange, rules: Rules): Promise<Answer> {
  const target = new URL(url);
  const check = { ...rules, encrypted: target.protocol === "https:" };
  try {
    // Node.js does no lookup for an IP address, so `checkedLookup` would not run.
    if (isIP(target.hostname.replace(/^\[|\]$/g, ""))) await usableAddresses(target.hostname, check);
    return await send(target, {
      ...options,
      lookup: checkedLookup(check),
      // A new connection each time, and no proxy from the environment.
      agent: false,
      signal: AbortSignal.timeout(rules.timeoutMs),
    });
  } catch (error) {
    throw classifyFailure(error);
  }
}

/** Throws an `EventFault` unless the response is a 2xx. */
export function requireAccepted(answer: Answer, now: Date): void {
  const fault = classifyResponse(answer, now);
  if (fault) throw new EventFault(fault);
}

function send(target: URL, { body, keptBytes, ...options }: Exchange): Promise<Answer> {
  const { request } = target.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const sending = request(target, options, (response) => {
      const facts = { status: response.statusCode ?? 0, retryAfter: response.headers["retry-after"] };
      read(response, keptBytes, (text) => resolve({ ...facts, text }));
    });
    sending.on("error", reject);
    sending.end(body);
  });
}

/**
 * Reads the body, so that the receiver can finish, and keeps its beginning. The status counts even if the body breaks
 * off; the request's timeout ends it otherwise.
 */
function read(response: http.IncomingMessage, keptBytes: number, done: (text: string) => void): void {
  let bytes = 0;
  let kept = Buffer.alloc(0);
  response.on("error", () => {});
  response.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (kept.length < keptBytes) kept = Buffer.concat([kept, chunk]).subarray(0, keptBytes);
    if (bytes > maxResponseBytes) response.destroy();
  });
  response.on("close", () => done(kept.toString("utf8")));
}

/** The addresses that events may go to. */
interface AddressRules {
  /** Private ranges that are allowed, for example `10.1.0.0/16`. */
  allowed: readonly string[];
}

type AddressVerdict = "usable" | "private_address" | "plain_http";

/** All public IPv6 addresses (RFC 4291). The rest has special meanings, such as `::127.0.0.1`, an IPv4 address. */
const globalUnicast = ipaddr.parseCIDR("2000::/3");

/**
 * Decides whether an event may be sent to this IP address: public unicast addresses by TLS, and the ranges that
 * the settings allow. All special ranges are refused, IPv4 addresses written as IPv6 included.
 */
export function decideAddress(
  address: string,
  { encrypted, allowed }: AddressRules & { encrypted: boolean },
): AddressVerdict {
  if (!ipaddr.isValid(address)) return "private_address";
  const parsed = ipaddr.process(address);
  if (allowed.some((range) => contains(range, parsed))) return "usable";
  if (!isPublic(parsed)) return "private_address";
  return encrypted ? "usable" : "plain_http";
}

function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.range() === "unicast" && (address.kind() === "ipv4" || address.match(globalUnicast));
}

function contains(range: string, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  const [network, bits] = ipaddr.parseCIDR(range.includes("/") ? range : `${range}/${addressBits(range)}`);
  return network.kind() === address.kind() && address.match(network, bits);
}

function addressBits(address: string): number {
  return ipaddr.parse(address).kind() === "ipv4" ? 32 : 128;
}

interface ResolvedAddress {
  address: string;
  family: number;
}

/** Resolves a host name; throws if it has no address. */
export type Resolve = (hostname: string) => Promise<ResolvedAddress[]>;

export interface Check extends AddressRules {
  encrypted: boolean;
  resolve: Resolve;
}

/** The addresses of a host that events may be sent to. Throws an `EventFault` if it has no such address. */
export async function usableAddresses(host: string, check: Check): Promise<ResolvedAddress[]> {
  const hostname = host.replace(/^\[|\]$/g, "");
  const family = isIP(hostname);
  const all = family ? [{ address: hostname, family }] : await check.resolve(hostname);
  const checked = all.map((one) => ({ ...one, verdict: decideAddress(one.address, check) }));
  const usable = checked.filter(({ verdict }) => verdict === "usable");
  if (usable.length > 0) return usable.map(({ address, family }) => ({ address, family }));
  throw new EventFault({ kind: "setup", code: addressFault(checked), retryAfterSeconds: null });
}

function addressFault(checked: { verdict: AddressVerdict }[]): string {
  return checked.some(({ verdict }) => verdict === "plain_http") ? "plain_http" : "private_address";
}

/**
 * A DNS lookup that returns only addresses that were checked. A second lookup of the same name may give other
 * addresses (DNS rebinding), so the check has to be part of the lookup that the connection uses.
 */
export function checkedLookup(check: Check): LookupFunction {
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

/** The receiver can't take the event now; neither the address nor the event is at fault. */
const passingStatuses = new Set([408, 421, 425, 429]);
/** The receiver refuses this event. */
const contentStatuses = new Set([400, 406, 409, 411, 412, 413, 415, 422, 431]);

/** The fault that a response means; null when the event was accepted. */
export function classifyResponse(
  { status, retryAfter }: { status: number; retryAfter: string | undefined },
  now: Date,
): EventFaultFacts | null {
  if (status >= 200 && status < 300) return null;
  const code = `http_${status}`;
  if (status >= 300 && status < 400) return { kind: "setup", code: "redirected", retryAfterSeconds: null };
  if (status >= 500 || passingStatuses.has(status)) {
    const retryAfterSeconds = readRetryAfter(retryAfter, now);
    return { kind: retryAfterSeconds === null ? "passing" : "rate", code, retryAfterSeconds };
  }
  return { kind: contentStatuses.has(status) ? "content" : "setup", code, retryAfterSeconds: null };
}

const badCertificate =
  /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(GET|VERIFY)_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA)/;

/** The fault that an error before the response means. */
export function classifyFailure(error: unknown): EventFault {
  if (error instanceof EventFault) return error;
  const code = codeOf(error);
  const options = { cause: error };
  if (badCertificate.test(code))
    return new EventFault({ kind: "setup", code: "bad_certificate", retryAfterSeconds: null }, options);
  return new EventFault({ kind: "passing", code: code.toLowerCase(), retryAfterSeconds: null }, options);
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "network";
  if (error.name === "TimeoutError" || error.name === "AbortError") return "timeout";
  // Several addresses were tried; the last error stands for all of them.
  if (error instanceof AggregateError) return codeOf(error.errors.at(-1));
  return "code" in error && typeof error.code === "string" ? error.code : "network";
}

/** Longer waits are cut, so that a receiver's mistake does not stop its line for good. */
const maxRetryAfterSeconds = 24 * 3600;

/** The seconds of a `Retry-After`, which holds seconds or a date; null if it is missing or unreadable. */
function readRetryAfter(header: string | undefined, now: Date): number | null {
  if (!header) return null;
  const text = header.trim();
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - now.getTime()) / 1000;
  return Number.isFinite(seconds) ? Math.min(maxRetryAfterSeconds, Math.max(1, seconds)) : null;
}
