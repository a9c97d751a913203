import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from "@slack/web-api";
import { z } from "zod";
import { isCertificateFault } from "../../reach/certificate-fault.ts";
import { failureCode } from "../../reach/failure-code.ts";

/**
 * What the caller has to do after a failed call:
 * - `passing`: retry later; nobody has to act
 * - `rate`: retry after `retryAfterSeconds`; only this line waits
 * - `setup`: hold until a person repairs it (`remedy` says how)
 * - `refused`: an unknown refusal, which may be about the content or the setup: hold only what was refused
 * - `content`: send simpler content; the same content will be refused again
 * - `gone`: give up; the message, dialog or person no longer exists or can't be changed
 */
type FaultKind = "passing" | "rate" | "setup" | "refused" | "content" | "gone";

export interface FaultFacts {
  /** Slack's error code, or Tocsin's own if Slack gave none (`timeout`, `econnrefused`, `http_502`). */
  code: string;
  kind: FaultKind;
  /** Slack may have done it anyway: check before repeating the call. */
  answerLost: boolean;
  retryAfterSeconds: number | null;
  neededScope: string | null;
  /** Slack's messages, such as which block it refused; never what was sent. */
  remarks: string[];
}

/** A failed call to Slack. `cause` is the transport's error. */
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

/** Error codes that concern the whole app in an installation, not one channel. */
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

/** Tocsin's code for a channel whose deletion Slack told by event. Posts there fail with `channel_not_found`. */
export const channelDeleted = "channel_deleted";

/** Whether a fault met in one channel concerns the whole app. A gateway or proxy is in front of all of Slack. */
export function isAppFault(code: string): boolean {
  return appFaults.includes(code) || isFromBetween(code);
}

/** Whether a refusal came from a proxy or gateway on the way, and not from Slack, which refuses with a 200. */
function isFromBetween(code: string): boolean {
  return code.startsWith("http_") || code.startsWith("proxy_");
}

/** Errors of connections that were never made, so nothing was sent. */
const neverSent = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

function wasNeverSent(code: string): boolean {
  return neverSent.has(code) || isCertificateFault(code) || code.startsWith("PROXY_");
}

/** The wait after a rate limit without a time. Slack's windows are a minute, its own waits mostly shorter. */
export const defaultWaitSeconds = 30;

const defaults = { answerLost: false, retryAfterSeconds: null, neededScope: null, remarks: [] };

/** Classifies whatever the transport threw. */
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
  // For a body that isn't JSON, such as a proxy's error page, the library puts the body into `error`.
  if (!read.success || !/^[a-z][a-z0-9_]{1,79}$/.test(read.data.error)) return unreadableAnswer;
  const { error: code, needed, response_metadata } = read.data;
  if (faultKind(code) === "rate") return rate(code, response_metadata?.retryAfter ?? defaultWaitSeconds);
  return {
    ...defaults,
    code,
    kind: faultKind(code),
    answerLost: partlyDone.includes(code),
    neededScope: needed ?? null,
    remarks: response_metadata?.messages ?? [],
  };
}

export const unreadableAnswer: FaultFacts = {
  ...defaults,
  code: "unreadable_answer",
  kind: "passing",
  answerLost: true,
};

function rate(code: string, seconds: number): FaultFacts {
  return { ...defaults, code, kind: "rate", retryAfterSeconds: Math.max(1, seconds) };
}

export function classifyHttp(status: number): FaultFacts {
  const code = `http_${status}`;
  if (status === 429) return rate(code, defaultWaitSeconds);
  // A 503 rejects the request; other 5xx may come after work was done.
  if (status >= 500) return { ...defaults, code, kind: "passing", answerLost: status !== 503 };
  return { ...defaults, code, kind: status === 408 ? "passing" : "refused" };
}

function connection(error: unknown): FaultFacts {
  const code = failureCode(error, "network");
  // As an HTTP status of something between Tocsin and Slack.
  const kind = /^PROXY_4\d\d$/.test(code) ? "refused" : "passing";
  return { ...defaults, code: code.toLowerCase(), kind, answerLost: !wasNeverSent(code) };
}

/** Slack's error codes by kind. Any other code is `refused`. */
const codesByKind: Record<Exclude<FaultKind, "refused">, readonly string[]> = {
  setup: [
    ...appFaults,
    channelDeleted,
    "channel_not_found",
    "not_in_channel",
    "is_archived",
    "is_inactive",
    "restricted_action",
    "restricted_action_read_only_channel",
    "restricted_action_thread_only_channel",
    "restricted_action_non_threadable_channel",
    "restricted_action_thread_locked",
    "ekm_access_denied",
    "no_permission",
    "team_access_not_granted",
    "team_not_found",
    "link_disabled",
    "messages_tab_disabled",
    "method_not_supported_for_channel_type",
    "cannot_dm_bot",
    "access_denied",
    "enterprise_is_restricted",
    "deprecated_endpoint",
    "method_deprecated",
  ],
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
  ...codesByKind.setup.map((code) => [code, "setup"] as const),
  ...codesByKind.passing.map((code) => [code, "passing"] as const),
  ...codesByKind.rate.map((code) => [code, "rate"] as const),
  ...codesByKind.content.map((code) => [code, "content"] as const),
  ...codesByKind.gone.map((code) => [code, "gone"] as const),
]);

export function faultKind(code: string): FaultKind {
  return kinds.get(code) ?? "refused";
}

/** Whether a person has to look at the connection to Slack: a setup fault, or a refusal that Tocsin doesn't know. */
export function needsRepair(fault: unknown): fault is SlackFault {
  return fault instanceof SlackFault && (fault.kind === "setup" || fault.kind === "refused");
}

/** Whether Slack itself refuses what it was given, for example a token, and the value has to be replaced. */
export function isRefusedBySlack(fault: unknown): fault is SlackFault {
  return needsRepair(fault) && !isFromBetween(fault.code);
}

/** Codes after which part of the work may be done ("some aspect of the operation may have succeeded"). */
const partlyDone: readonly string[] = ["internal_error", "fatal_error"];
