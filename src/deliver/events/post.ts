import http from "node:http";
import https from "node:https";
import { isIP } from "node:net";
import { isCertificateFault } from "../../reach/certificate-fault.ts";
import { failureCode } from "../../reach/failure-code.ts";
import { type Reach, requestThrough } from "../../reach/reach.ts";
import { checkProxied } from "./addresses/proxied-address.ts";
import {
  type AddressRules,
  checkedLookup,
  type Resolve,
  usableAddresses,
} from "./addresses/usable-addresses.ts";
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
  proxyOf: Reach["proxyOf"];
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

type Exchange = Omit<https.RequestOptions, "agent"> & { body: string; keptBytes: number; agent?: false };

/** The address is checked while the connection is made, and redirects are not followed. */
async function exchange(url: string, options: Exchange, rules: Rules): Promise<Answer> {
  const target = new URL(url);
  const check = { ...rules, encrypted: target.protocol === "https:" };
  const proxy = rules.proxyOf(target);
  try {
    if (proxy) {
      await checkProxied(target.hostname, check);
      return await send(target, { ...options, proxy, signal: AbortSignal.timeout(rules.timeoutMs) });
    }
    // Node.js does no lookup for an IP address, so `checkedLookup` would not run.
    if (isIP(target.hostname.replace(/^\[|\]$/g, ""))) await usableAddresses(target.hostname, check);
    return await send(target, {
      ...options,
      lookup: checkedLookup(check),
      // A new connection each time.
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

function send(
  target: URL,
  { body, keptBytes, proxy, ...options }: Exchange & { proxy?: URL },
): Promise<Answer> {
  const { request } = target.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const answered = (response: http.IncomingMessage) => {
      const facts = { status: response.statusCode ?? 0, retryAfter: response.headers["retry-after"] };
      read(response, keptBytes, (text) => resolve({ ...facts, text }));
    };
    const sending = proxy
      ? requestThrough(target, { ...options, agent: null, proxy }, answered)
      : request(target, options, answered);
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

/** A proxy that doesn't let Tocsin in or there: somebody has to change its rules, or Tocsin's settings. */
const refusedByProxy = /^PROXY_4/;

/** The fault that an error before the response means. */
export function classifyFailure(error: unknown): EventFault {
  if (error instanceof EventFault) return error;
  const code = failureCode(error, "network");
  const options = { cause: error };
  if (isCertificateFault(code)) return new EventFault({ kind: "setup", code: "bad_certificate" }, options);
  const kind = refusedByProxy.test(code) ? "setup" : "passing";
  return new EventFault({ kind, code: code.toLowerCase() }, options);
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
