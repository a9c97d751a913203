import { expect, test } from "vitest";
import { isFromOwnOrigin } from "./session-cookie.ts";

const ours = ["https://tocsin.example.com", "http://localhost:4000"];
const isAllowed = (method: string, origin?: string, fetchSite?: string) =>
  isFromOwnOrigin({ method, origin, fetchSite }, ours);

test("a read is allowed from any origin, a change only from our own", () => {
  expect(isAllowed("GET", "https://mallory.example")).toBe(true);
  expect(isAllowed("POST", "http://localhost:4000")).toBe(true);
  expect(isAllowed("DELETE", "https://tocsin.example.com.mallory.example")).toBe(false);
  expect(isAllowed("PATCH", "http://tocsin.example.com")).toBe(false);
});

test("a change without Origin needs Sec-Fetch-Site same-origin, and a foreign one is refused", () => {
  expect(isAllowed("POST", undefined, "same-origin")).toBe(true);
  expect(isAllowed("POST", undefined, "same-site")).toBe(false);
  expect(isAllowed("POST")).toBe(false);
  expect(isAllowed("POST", "null", "same-origin")).toBe(false);
});
