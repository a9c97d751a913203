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
