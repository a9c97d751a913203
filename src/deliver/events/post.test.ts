import { expect, test } from "vitest";
import { classifyResponse, decideAddress } from "./post.ts";

const onInternet = { encrypted: true, allowed: [] };

test.each(["93.184.215.14", "2606:4700::1111"])("%s is usable as a public address", (address) => {
  expect(decideAddress(address, onInternet)).toBe("usable");
});

test.each([
  "127.0.0.1",
  "127.8.9.1",
  "0.0.0.0",
  "10.0.0.1",
  "172.16.0.1",
  "192.168.1.1",
  "100.64.0.1",
  "169.254.169.254",
  "192.0.0.192",
  "198.18.0.1",
  "203.0.113.7",
  "224.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::127.0.0.1",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "::ffff:0:127.0.0.1",
  "64:ff9b::7f00:1",
  "64:ff9b:1::a00:1",
  "2002:7f00:1::",
  "2001:0:7f00:1::",
  "fe80::1",
  "fec0::1",
  "fc00::1",
  "fd00:ec2::254",
  "ff02::1",
  "2001:db8::1",
  "not an address",
])("%s is refused as private or reserved", (address) => {
  expect(decideAddress(address, onInternet)).toBe("private_address");
});

test("only the networks in the settings are allowed without encryption", () => {
  const rules = { encrypted: false, allowed: ["10.1.0.0/16", "127.0.0.1", "fd00::/8"] };
  expect(decideAddress("10.1.2.3", rules)).toBe("usable");
  expect(decideAddress("::ffff:10.1.2.3", rules)).toBe("usable");
  expect(decideAddress("127.0.0.1", rules)).toBe("usable");
  expect(decideAddress("fd00::1", rules)).toBe("usable");
  expect(decideAddress("10.2.0.1", rules)).toBe("private_address");
  expect(decideAddress("127.0.0.2", rules)).toBe("private_address");
  expect(decideAddress("93.184.215.14", rules)).toBe("plain_http");
});

const now = new Date("2026-11-24T12:00:00Z");
const classify = (status: number, retryAfter?: string) => classifyResponse({ status, retryAfter }, now);

test.each([200, 201, 202, 204])("status %i means that the event was accepted", (status) =>
  expect(classify(status)).toBeNull(),
);

test.each([500, 502, 503, 408, 429])("status %i is a passing fault", (status) => {
  expect(classify(status)).toEqual({ kind: "passing", code: `http_${status}`, retryAfterSeconds: null });
});

test.each([
  ["7", 7],
  ["0", 1],
  ["99999999", 86_400],
  ["Tue, 24 Nov 2026 12:01:30 GMT", 90],
])("a Retry-After of %s is obeyed", (header, seconds) => {
  expect(classify(503, header)).toEqual({ kind: "rate", code: "http_503", retryAfterSeconds: seconds });
});

test("an unreadable Retry-After is ignored", () => {
  expect(classify(429, "soon")).toMatchObject({ kind: "passing" });
});

test.each([401, 403, 404, 405, 410, 418])("status %i is a setup fault", (status) => {
  expect(classify(status)).toMatchObject({ kind: "setup", code: `http_${status}` });
});

test.each([301, 302, 307, 308])("redirect %i is not followed", (status) => {
  expect(classify(status)).toMatchObject({ kind: "setup", code: "redirected" });
});

test.each([400, 413, 422])("status %i is a content fault", (status) => {
  expect(classify(status)).toMatchObject({ kind: "content", code: `http_${status}` });
});
