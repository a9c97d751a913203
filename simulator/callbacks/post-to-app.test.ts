import { expect, test } from "vitest";
import { reasonOf } from "./post-to-app.ts";

const failed = (code: string) =>
  new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code }) });

test.each([
  ["http_timeout", new DOMException("late", "TimeoutError")],
  ["connection_failed", failed("ECONNREFUSED")],
  ["connection_failed", failed("ENOTFOUND")],
  ["connection_failed", failed("UND_ERR_SOCKET")],
  ["ssl_error", failed("DEPTH_ZERO_SELF_SIGNED_CERT")],
  ["ssl_error", failed("CERT_HAS_EXPIRED")],
  ["ssl_error", failed("ERR_TLS_CERT_ALTNAME_INVALID")],
  ["ssl_error", failed("ERR_SSL_WRONG_VERSION_NUMBER")],
  ["unknown_error", failed("HPE_INVALID_CONSTANT")],
  ["unknown_error", "nothing known"],
])("%s", (reason, fault) => {
  expect(reasonOf(fault)).toBe(reason);
});
