import { type FetchFunction, type Logger, LogLevel, WebClient } from "@slack/web-api";
import type { z } from "zod";
import { SlackFault } from "./slack-fault.ts";
import { classify, unreadable, unsaidWaitSeconds } from "./transport/classify.ts";

/** Calls one method of Slack's Web API and reads its answer; a failure is thrown as `SlackFault`. */
export type Call = <T>(method: string, args: Record<string, unknown>, answer: z.ZodType<T>) => Promise<T>;

export interface ClientOptions {
  token: string;
  apiUrl: string;
  /** On an organisation's installation: the workspace, sent with every call. */
  teamId?: string;
  timeoutMs?: number;
}

/**
 * The library neither retries (it would post twice after a lost answer) nor waits out a 429 (it would hold
 * up every channel), nor logs: its debug lines hold whole bodies, and its warnings Slack's remarks.
 */
export function callWith({ token, apiUrl, teamId, timeoutMs = 10_000 }: ClientOptions): Call {
  const client = new WebClient(token, {
    slackApiUrl: apiUrl,
    teamId,
    timeout: timeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: silent,
    fetch: fetchLimited,
  });
  return async (method, args, answer) => {
    const result: unknown = await client.apiCall(method, args).catch((cause: unknown) => {
      throw new SlackFault(method, classify(cause), { cause });
    });
    const read = answer.safeParse(result);
    if (!read.success) throw new SlackFault(method, unreadable, { cause: read.error });
    return read.data;
  };
}

/** A 429 that doesn't say how long to wait would make the library throw bare text. */
const fetchLimited: FetchFunction = async (url, init) => {
  const response = await fetch(url, init);
  if (response.status !== 429 || /^\d+$/.test(response.headers.get("retry-after") ?? "")) return response;
  return new Response(null, { status: 429, headers: { "retry-after": String(unsaidWaitSeconds) } });
};

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
