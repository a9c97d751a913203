import { expect, test } from "vitest";
import { fromOurPages } from "./session-cookie.ts";

const ours = ["https://tocsin.example.com", "http://localhost:4000"];
const asks = (method: string, origin?: string, fetchSite?: string) =>
  fromOurPages({ method, origin, fetchSite }, ours);

test("reading is free; a change comes from one of our origins", () => {
  expect(asks("GET", "https://mallory.example")).toBe(true);
  expect(asks("POST", "http://localhost:4000")).toBe(true);
  expect(asks("DELETE", "https://tocsin.example.com.mallory.example")).toBe(false);
  expect(asks("PATCH", "http://tocsin.example.com")).toBe(false);
});

test("without an origin the browser must say that the page is ours; a foreign origin is never outvoted", () => {
  expect(asks("POST", undefined, "same-origin")).toBe(true);
  expect(asks("POST", undefined, "same-site")).toBe(false);
  expect(asks("POST")).toBe(false);
  expect(asks("POST", "null", "same-origin")).toBe(false);
});
