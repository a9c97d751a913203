import { setTimeout as sleep } from "node:timers/promises";
import { type FetchFunction, type Logger, LogLevel, WebClient } from "@slack/web-api";
import type { z } from "zod";
import type { Fetch } from "../../reach/reach.ts";
import type { SlackMessage } from "../message.ts";
import {
  classify,
  classifyHttp,
  defaultWaitSeconds,
  type FaultFacts,
  SlackFault,
  unreadableAnswer,
} from "./slack-fault.ts";

/** Calls one method of Slack's Web API and parses its answer. Throws a `SlackFault`. */
export type Call = <T>(method: string, args: Record<string, unknown>, answer: z.ZodType<T>) => Promise<T>;

export interface ClientOptions {
  token: string;
  apiUrl: string;
  /** Sends the requests. */
  fetch: Fetch;
  /** The workspace, sent with every call. Only for an organisation's installation. */
  teamId?: string;
  timeoutMs?: number;
  /** When calls are given up, in `performance.now()`: together they take no longer. Only for calls that read. */
  deadline?: number;
}

/**
 * A `Call` for one token. Slack's library must not retry (a lost answer would post twice), wait out a 429 (it would
 * hold up every channel) or log (its debug lines hold whole bodies).
 */
export function openCall({
  token,
  apiUrl,
  fetch,
  teamId,
  timeoutMs = 10_000,
  deadline,
}: ClientOptions): Call {
  const client = new WebClient(token, {
    slackApiUrl: apiUrl,
    teamId,
    timeout: timeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: silent,
    fetch: withRetryAfter(fetch),
  });
  return async (method, args, answer) => {
    const calling = before(deadline, () => client.apiCall(method, args));
    const result: unknown = await calling.catch((cause: unknown) => {
      throw new SlackFault(method, classify(cause), { cause });
    });
    const read = answer.safeParse(result);
    if (!read.success) throw new SlackFault(method, unreadableAnswer, { cause: read.error });
    return read.data;
  };
}

/** The result of a call, or a `TimeoutError` at the deadline; the call itself then goes on unheard. */
async function before<T>(deadline: number | undefined, call: () => Promise<T>): Promise<T> {
  if (deadline === undefined) return call();
  const late = new DOMException("the deadline has passed", "TimeoutError");
  const left = deadline - performance.now();
  if (left <= 0) throw late;
  const timer = new AbortController();
  const timeout = sleep(left, undefined, { ref: false, signal: timer.signal }).then(
    () => Promise.reject(late),
    () => new Promise<never>(() => {}),
  );
  return Promise.race([call(), timeout]).finally(() => timer.abort());
}

/** Adds a missing `Retry-After` to a 429, for which the library would throw an error without a code. */
function withRetryAfter(fetch: Fetch): FetchFunction {
  return async (url, { method = "GET", headers = {}, body, signal } = {}) => {
    if (typeof body === "object") throw new TypeError("Tocsin uploads no files to Slack");
    const response = await fetch(url, { method, headers, signal, redirect: "error", ...(body && { body }) });
    if (response.status !== 429 || /^\d+$/.test(response.headers.get("retry-after") ?? "")) return response;
    return new Response(null, { status: 429, headers: { "retry-after": String(defaultWaitSeconds) } });
  };
}

const ignore = () => undefined;
const silent: Logger = {
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
  setLevel: ignore,
  setName: ignore,
  getLevel: () => LogLevel.ERROR,
};

/**
 * Answers a click at its response URL: privately, or by replacing the clicked message. Slack takes five answers within
 * 30 minutes, also in channels where the bot may not post.
 */
export async function respond(
  responseUrl: string,
  { message, how }: { message: SlackMessage; how: "privately" | "replace" },
  { fetch, timeoutMs = 10_000 }: Pick<ClientOptions, "fetch" | "timeoutMs">,
): Promise<void> {
  const replace_original = how === "replace";
  const body = JSON.stringify({ response_type: "ephemeral", replace_original, ...message });
  const response = await fetch(responseUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((cause: unknown) => {
    throw new SlackFault("response_url", classify(cause), { cause });
  });
  await response.body?.cancel();
  if (!response.ok) throw new SlackFault("response_url", refused(response.status));
}

/** A response URL that is used up or too old answers 4xx; nobody can repair that. */
function refused(status: number): FaultFacts {
  const facts = classifyHttp(status);
  return facts.kind === "refused" ? { ...facts, kind: "gone" } : facts;
}
