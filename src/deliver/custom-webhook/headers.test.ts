import { expect, test } from "vitest";
import { decideHeaders } from "./headers.ts";

test("an empty header value keeps the stored one, and an absent header is removed", () => {
  const stored = { Authorization: "Bearer old", "X-Team": "soc" };
  expect(decideHeaders({ authorization: "" }, stored)).toEqual({ authorization: "Bearer old" });
  expect(decideHeaders({ "X-Team": "blue" }, stored)).toEqual({ "X-Team": "blue" });
});

test.each([
  [{ "X-New": "" }, "X-New has no value."],
  [{ "bad name": "x" }, "A header name has characters that HTTP doesn't allow."],
  [{ "X-A": "a\r\nHost: b" }, "The value of X-A has characters that HTTP doesn't allow."],
  [{ Host: "b" }, "Host is set by Tocsin."],
  [{ "X-Tocsin-Signature": "v1=" }, "X-Tocsin-Signature is set by Tocsin."],
  [{ "X-A": "a", "x-a": "b" }, "x-a is given twice."],
])("headers %j are refused", (wanted, why) => {
  expect(decideHeaders(wanted, {})).toEqual({ refused: "invalid", field: "headers", why });
});
