import { expect, test } from "vitest";
import { queryString } from "./request.ts";

test("lists are repeated, absent and empty values left out", () => {
  expect(queryString({ status: ["OPEN", "TRIAGED"], limit: 50, q: "", cursor: undefined })).toBe(
    "?status=OPEN&status=TRIAGED&limit=50",
  );
  expect(queryString({})).toBe("");
});

test("a lone value with commas goes twice, so that the server doesn't split it", () => {
  expect(queryString({ detection: ["disk full, again"] })).toBe(
    "?detection=disk+full%2C+again&detection=disk+full%2C+again",
  );
});

test("what a person typed can't add a parameter", () => {
  expect(queryString({ q: "a&status=OPEN#x" })).toBe("?q=a%26status%3DOPEN%23x");
});
