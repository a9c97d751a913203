import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from "@slack/web-api";
import { z } from "zod";
import type { FaultFacts } from "../slack-fault.ts";
import { faultKind, halfDone } from "./fault-kind.ts";

/** Faults of a connection that never came to be: nothing was sent. */
const neverSent = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

/** When Slack limits without saying for how long. Its windows are minutes, its own waits mostly shorter. */
export const unsaidWaitSeconds = 30;

const nothing = { answerLost: false, retryAfterSeconds: null, neededScope: null, remarks: [] };

/** What went wrong in a call and what it asks for, from whatever the transport threw. */
export function classify(error: unknown): FaultFacts {
  if (error instanceof WebAPIRateLimitedError) return rate("ratelimited", error.retryAfter);
  if (error instanceof WebAPIPlatformError) return refusal(error.data);
  if (error instanceof WebAPIHTTPError) return classifyHttp(error.statusCode);
  return connection(error instanceof WebAPIRequestError ? error.original : error);
}

const refusalShape = z.looseObject({
  error: z.string(),
  needed: z.string().optional(),
  response_metadata: z
    .looseObject({ messages: z.array(z.string()).optional(), retryAfter: z.number().optional() })
    .optional(),
});

function refusal(data: unknown): FaultFacts {
  const read = refusalShape.safeParse(data);
  // The library puts a body that isn't JSON, as a proxy's error page, where Slack's word would be.
  if (!read.success || !/^[a-z][a-z0-9_]{1,79}$/.test(read.data.error)) return unreadable;
  const { error: code, needed, response_metadata } = read.data;
  if (faultKind(code) === "rate") return rate(code, response_metadata?.retryAfter ?? unsaidWaitSeconds);
  return {
    ...nothing,
    code,
    kind: faultKind(code),
    answerLost: halfDone.includes(code),
    neededScope: needed ?? null,
    remarks: response_metadata?.messages ?? [],
  };
}

export const unreadable: FaultFacts = {
  ...nothing,
  code: "unreadable_answer",
  kind: "passing",
  answerLost: true,
};

function rate(code: string, seconds: number): FaultFacts {
  return { ...nothing, code, kind: "rate", retryAfterSeconds: Math.max(1, seconds) };
}

export function classifyHttp(status: number): FaultFacts {
  const code = `http_${status}`;
  if (status === 429) return rate(code, unsaidWaitSeconds);
  // 503 turns a request away; the other 5xx may come after it was worked on.
  if (status >= 500) return { ...nothing, code, kind: "passing", answerLost: status !== 503 };
  return { ...nothing, code, kind: status === 408 ? "passing" : "set-up" };
}

function connection(error: unknown): FaultFacts {
  const code = codeOf(error);
  return { ...nothing, code: code.toLowerCase(), kind: "passing", answerLost: !neverSent.has(code) };
}

/** The system's word for a broken connection, which fetch hides in the cause of its TypeError. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "network";
  if (error.name === "TimeoutError") return "timeout";
  if ("code" in error && typeof error.code === "string") return error.code;
  return error.cause === undefined ? "network" : codeOf(error.cause);
}
