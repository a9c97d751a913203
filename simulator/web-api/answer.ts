/** Slack's answer to a successful call. */
export type Accepted = { ok: true } & Record<string, unknown>;

/** Errors that any call may get before its method runs. */
export const commonErrors = [
  "account_inactive",
  "fatal_error",
  "internal_error",
  "invalid_arg_name",
  "invalid_arguments",
  "invalid_array_arg",
  "invalid_auth",
  "invalid_charset",
  "invalid_form_data",
  "invalid_json",
  "invalid_post_type",
  "json_not_object",
  "missing_post_type",
  "missing_scope",
  "not_allowed_token_type",
  "not_authed",
  "org_login_required",
  "ratelimited",
  "request_timeout",
  "service_unavailable",
  "team_access_not_granted",
  "team_added_to_org",
  "token_expired",
  "token_revoked",
  "unknown_method",
] as const;

export type CommonError = (typeof commonErrors)[number];

/** Slack's answer to a refused call, always with HTTP 200. `E` lists the possible codes in `error`. */
export type Refused<E extends string = string> = {
  ok: false;
  error: E;
  needed?: string;
  provided?: string;
  /** Per item, for methods that take several. */
  errors?: readonly unknown[];
  response_metadata?: { messages?: string[]; warnings?: string[] };
  warning?: string;
  req_method?: string;
};

export type Answer<E extends string = string> = Accepted | Refused<E>;

export const refuse = <const E extends string>(error: E, messages?: string[]): Refused<E> =>
  messages ? { ok: false, error, response_metadata: { messages } } : { ok: false, error };
