import { WebhookFault } from "../webhook-fault.ts";

const badCertificate =
  /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(GET|VERIFY)_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA)/;

/** What went wrong on the way to an answer. */
export function classifyFailure(error: unknown): WebhookFault {
  if (error instanceof WebhookFault) return error;
  const code = codeOf(error);
  const options = { cause: error };
  if (badCertificate.test(code))
    return new WebhookFault({ kind: "set-up", code: "bad_certificate", retryAfterSeconds: null }, options);
  return new WebhookFault({ kind: "passing", code: code.toLowerCase(), retryAfterSeconds: null }, options);
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "network";
  if (error.name === "TimeoutError" || error.name === "AbortError") return "timeout";
  // Addresses were tried one after the other: what the last one said stands for all.
  if (error instanceof AggregateError) return codeOf(error.errors.at(-1));
  return "code" in error && typeof error.code === "string" ? error.code : "network";
}
