import { expect, test } from "vitest";
import { reasonOf } from "./post-to-app.ts";

const fetchError = (code: string) =>
  new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code }) });

test.each([
  ["http_timeout", new DOMException("late", "TimeoutError")],
  ["connection_failed", fetchError("ECONNREFUSED")],
  ["connection_failed", fetchError("ENOTFOUND")],
  ["connection_failed", fetchError("UND_ERR_SOCKET")],
  ["ssl_error", fetchError("DEPTH_ZERO_SELF_SIGNED_CERT")],
  ["ssl_error", fetchError("CERT_HAS_EXPIRED")],
  ["ssl_error", fetchError("ERR_TLS_CERT_ALTNAME_INVALID")],
  ["ssl_error", fetchError("ERR_SSL_WRONG_VERSION_NUMBER")],
  ["unknown_error", fetchError("HPE_INVALID_CONSTANT")],
  ["unknown_error", "nothing known"],
])("reasonOf gives %s for fetch error %#", (reason, fault) => {
  expect(reasonOf(fault)).toBe(reason);
});
