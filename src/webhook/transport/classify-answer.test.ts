import { expect, test } from "vitest";
import { classifyAnswer } from "./classify-answer.ts";

const now = new Date("2026-11-24T12:00:00Z");
const classify = (status: number, retryAfter?: string) => classifyAnswer({ status, retryAfter }, now);

test.each([200, 201, 202, 204])("%i: it was taken", (status) => expect(classify(status)).toBeNull());

test.each([500, 502, 503, 408, 429])("%i passes", (status) => {
  expect(classify(status)).toEqual({ kind: "passing", code: `http_${status}`, retryAfterSeconds: null });
});

test.each([
  ["7", 7],
  ["0", 1],
  ["99999999", 86_400],
  ["Tue, 24 Nov 2026 12:01:30 GMT", 90],
])("Retry-After: %s is obeyed", (header, seconds) => {
  expect(classify(503, header)).toEqual({ kind: "rate", code: "http_503", retryAfterSeconds: seconds });
});

test("a Retry-After that can't be read counts as none", () => {
  expect(classify(429, "soon")).toMatchObject({ kind: "passing" });
});

test.each([401, 403, 404, 405, 410, 418])("%i needs somebody", (status) => {
  expect(classify(status)).toMatchObject({ kind: "set-up", code: `http_${status}` });
});

test.each([301, 302, 307, 308])("%i is not followed", (status) => {
  expect(classify(status)).toMatchObject({ kind: "set-up", code: "redirected" });
});

test.each([400, 413, 422])("%i is about what was sent", (status) => {
  expect(classify(status)).toMatchObject({ kind: "content", code: `http_${status}` });
});
