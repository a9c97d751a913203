import type { Reason } from "../../callbacks/request.ts";

const certificate =
  /^(ERR_SSL_|ERR_TLS_|EPROTO$|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(VERIFY|GET_ISSUER))/;
const connection = /^(E[A-Z]+|UND_ERR_SOCKET|UND_ERR_CONNECT_TIMEOUT)$/;

const codeOf = (fault: Error): string => {
  const { cause } = fault;
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
};

/** Why an app wasn't reached, in Slack's words, judged by what `fetch` threw. */
export function reasonOf(fault: unknown): Reason {
  if (!(fault instanceof Error)) return "unknown_error";
  if (fault.name === "TimeoutError") return "http_timeout";
  const code = codeOf(fault);
  if (certificate.test(code)) return "ssl_error";
  return connection.test(code) ? "connection_failed" : "unknown_error";
}
