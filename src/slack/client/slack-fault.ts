import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from "@slack/web-api";
import { z } from "zod";

/**
 * What a failed call asks of whoever made it:
 * - `passing`: try again later, nobody has to do anything
 * - `rate`: try again after `retryAfterSeconds`, this line only
 * - `setup`: hold until a person has put it right (`remedy` says how)
 * - `content`: the same bytes will be refused again, send simpler ones
 * - `gone`: the message, dialog or person isn't there any more, or can't be changed
 */
type FaultKind = "passing" | "rate" | "setup" | "content" | "gone";

export interface FaultFacts {
  /** Slack's own word, or ours where Slack said nothing (`timeout`, `econnrefused`, `http_502`). */
  code: string;
  kind: FaultKind;
  /** Slack may have done it all the same: look before doing it twice. */
  answerLost: boolean;
  retryAfterSeconds: number | null;
  neededScope: string | null;
  /** Slack's remarks, as which block it refused; never what was sent. */
  remarks: string[];
}

/** A call to Slack that failed; its cause is what the transport threw. */
export class SlackFault extends Error implements FaultFacts {
  readonly method: string;
  readonly code: string;
  readonly kind: FaultKind;
  readonly answerLost: boolean;
  readonly retryAfterSeconds: number | null;
  readonly neededScope: string | null;
  readonly remarks: string[];

  constructor(method: string, facts: FaultFacts, options?: ErrorOptions) {
    super(`Slack's ${method} failed: ${facts.code}`, options);
    this.name = "SlackFault";
    this.method = method;
    this.code = facts.code;
    this.kind = facts.kind;
    this.answerLost = facts.answerLost;
    this.retryAfterSeconds = facts.retryAfterSeconds;
    this.neededScope = facts.neededScope;
    this.remarks = facts.remarks;
  }
}

/** Slack's words that are about the app where it is installed, not about one channel. */
export const appFaults: readonly string[] = [
  "invalid_auth",
  "not_authed",
  "token_revoked",
  "token_expired",
  "account_inactive",
  "not_allowed_token_type",
  "missing_scope",
  "org_login_required",
  "app_access_restricted",
  "accesslimited",
  "message_limit_exceeded",
  "two_factor_setup_required",
];

/** Does a fault that one channel met hold everywhere? An HTTP status is a gateway's word about all of Slack. */
export function isAppFault(code: string): boolean {
  return appFaults.includes(code) || code.startsWith("http_");
}

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
  return { ...nothing, code, kind: status === 408 ? "passing" : "setup" };
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

/** Slack's words by what they ask for. Whatever stands in no list is set-up: it holds, it never drops. */
const known: Record<Exclude<FaultKind, "setup">, readonly string[]> = {
  passing: [
    "internal_error",
    "fatal_error",
    "service_unavailable",
    "request_timeout",
    "external_channel_migrating",
    "team_added_to_org",
  ],
  rate: ["ratelimited", "rate_limited"],
  content: [
    "invalid_blocks",
    "invalid_blocks_format",
    "msg_blocks_too_long",
    "msg_too_long",
    "no_text",
    "invalid_attachments",
    "too_many_attachments",
    "attachment_payload_limit_exceeded",
    "markdown_text_conflict",
    "metadata_too_large",
    "invalid_metadata_format",
    "invalid_metadata_schema",
    "invalid_arguments",
    "invalid_form_data",
    "view_too_large",
    "push_limit_reached",
    "duplicate_external_id",
  ],
  gone: [
    "message_not_found",
    "cant_update_message",
    "edit_window_closed",
    "block_mismatch",
    "cannot_reply_to_message",
    "expired_trigger_id",
    "exchanged_trigger_id",
    "invalid_trigger_id",
    "not_found",
    "hash_conflict",
    "expired_url",
    "used_url",
    "user_not_found",
    "users_not_found",
    "user_not_visible",
    "user_disabled",
    "user_not_in_channel",
  ],
};

const kinds = new Map<string, FaultKind>([
  ...known.passing.map((code) => [code, "passing"] as const),
  ...known.rate.map((code) => [code, "rate"] as const),
  ...known.content.map((code) => [code, "content"] as const),
  ...known.gone.map((code) => [code, "gone"] as const),
]);

export function faultKind(code: string): FaultKind {
  return kinds.get(code) ?? "setup";
}

/** Words after which part of the work may be done ("some aspect of the operation may have succeeded"). */
const halfDone: readonly string[] = ["internal_error", "fatal_error"];
