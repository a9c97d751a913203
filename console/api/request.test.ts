import { expect, test } from "vitest";
import { queryString } from "./request.ts";

test("queryString repeats list values and leaves out undefined and empty ones", () => {
  expect(queryString({ status: ["OPEN", "TRIAGED"], limit: 50, q: "", cursor: undefined })).toBe(
    "?status=OPEN&status=TRIAGED&limit=50",
  );
  expect(queryString({})).toBe("");
});

test("queryString repeats a single value with commas so that the server doesn't split it", () => {
  expect(queryString({ detection: ["disk full, again"] })).toBe(
    "?detection=disk+full%2C+again&detection=disk+full%2C+again",
  );
});

test("queryString encodes typed text so that it can't add a parameter", () => {
  expect(queryString({ q: "a&status=OPEN#x" })).toBe("?q=a%26status%3DOPEN%23x");
});
