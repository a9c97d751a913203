import { expect, test } from "vitest";
import { decideHeaders } from "./settings.ts";

test("an empty value keeps the stored one, a name that is left out goes", () => {
  const stored = { Authorization: "Bearer old", "X-Team": "soc" };
  expect(decideHeaders({ authorization: "" }, stored)).toEqual({ authorization: "Bearer old" });
  expect(decideHeaders({ "X-Team": "blue" }, stored)).toEqual({ "X-Team": "blue" });
});

test.each([
  [{ "X-New": "" }, "X-New has no value."],
  [{ "bad name": "x" }, "A header has a name that HTTP doesn't allow."],
  [{ "X-A": "a\r\nHost: b" }, "X-A has a value that HTTP doesn't allow."],
  [{ Host: "b" }, "Host is set by Tocsin itself."],
  [{ "X-Tocsin-Signature": "v1=" }, "X-Tocsin-Signature is set by Tocsin itself."],
  [{ "X-A": "a", "x-a": "b" }, "x-a is given twice."],
])("%j is refused", (wanted, why) => {
  expect(decideHeaders(wanted, {})).toEqual({ refused: "invalid", field: "headers", why });
});
