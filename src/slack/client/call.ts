import { type FetchFunction, type Logger, LogLevel, WebClient } from "@slack/web-api";
import type { z } from "zod";
import type { SlackMessage } from "../message.ts";
import {
  classify,
  classifyHttp,
  type FaultFacts,
  SlackFault,
  unreadable,
  unsaidWaitSeconds,
} from "./slack-fault.ts";

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

/**
 * Answers a click: privately to whoever clicked, or by another message in place of the one that was clicked.
 * Slack takes five answers within 30 minutes at a response URL, in channels too where the bot may not post.
 */
export async function respond(
  responseUrl: string,
  { message, how }: { message: SlackMessage; how: "privately" | "in-its-place" },
  timeoutMs: number,
): Promise<void> {
  const replace_original = how === "in-its-place";
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

/** An address that was used up, or is too old, answers 4xx: there is nobody left to tell. */
function refused(status: number): FaultFacts {
  const facts = classifyHttp(status);
  return facts.kind === "setup" ? { ...facts, kind: "gone" } : facts;
}
