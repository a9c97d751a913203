import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cleanCredential, verifySignature } from "./verify-signature.ts";

const secret = "0123456789abcdef0123456789abcdef";
const rawBody = "payload=%7B%22type%22%3A%22block_actions%22%7D";
// Computed once with `openssl dgst -sha256 -hmac`, not by the code under test.
const signature = "v0=1bb027b3aba9336db7de4dab3d6e615f525b048c3dc49ac47d4589dfe9f8c642";
const headers = { "X-Slack-Request-Timestamp": "1795611720", "x-slack-signature": signature };
const now = new Date(1795611720_000);
const request = { secret, headers, rawBody, now };

describe("verifySignature", () => {
  test("accepts text and bytes signed by Slack", async () => {
    expect(await verifySignature(request)).toEqual({ ok: true });
    const bytes = Buffer.from(rawBody);
    expect(await verifySignature({ ...request, rawBody: bytes })).toEqual({ ok: true });
    const pieces = [bytes.subarray(0, 7), bytes.subarray(7)];
    expect(await verifySignature({ ...request, rawBody: pieces })).toEqual({ ok: true });
  });

  test.each([
    ["a request with another body", { rawBody: `${rawBody}&` }, "mismatch"],
    ["a request with another secret", { secret: "f".repeat(32) }, "mismatch"],
    [
      "a request with a shorter signature",
      { headers: { ...headers, "x-slack-signature": "v0=" } },
      "mismatch",
    ],
    ["a request without headers", { headers: {} }, "no_signature"],
    [
      "a request with two signatures",
      { headers: { ...headers, "x-slack-signature": [signature, signature] } },
      "no_signature",
    ],
    [
      "a request with a malformed timestamp",
      { headers: { ...headers, "X-Slack-Request-Timestamp": "1e9" } },
      "bad_timestamp",
    ],
  ])("refuses %s", async (_, change, why) => {
    expect(await verifySignature({ ...request, ...change })).toEqual({ ok: false, why });
  });

  test.each([
    ["301 s old", 301],
    ["from 301 s in the future", -301],
  ])("refuses a request that is %s as stale if it was signed then", async (_, age) => {
    const late = { ...request, now: new Date(now.getTime() + age * 1000) };
    expect(await verifySignature(late)).toEqual({ ok: false, why: "stale", age });
    expect(await verifySignature({ ...late, rawBody: `${rawBody} ` })).toEqual({
      ok: false,
      why: "mismatch",
    });
  });

  test("accepts a timestamp exactly at the tolerance", async () => {
    expect((await verifySignature({ ...request, now: new Date(now.getTime() + 300_000) })).ok).toBe(true);
    expect((await verifySignature({ ...request, now: new Date(now.getTime() - 300_000) })).ok).toBe(true);
  });

  test("refuses a request signed with an empty secret", async () => {
    const forged = `v0=${createHmac("sha256", "").update(`v0:1795611720:${rawBody}`).digest("hex")}`;
    const check = await verifySignature({
      ...request,
      secret: "",
      headers: { ...headers, "x-slack-signature": forged },
    });
    expect(check).toEqual({ ok: false, why: "no_secret" });
  });
});

const oracles = process.env.TOCSIN_ORACLES;
test.skipIf(!oracles)("the example in Slack's documentation passes (needs TOCSIN_ORACLES)", async () => {
  const vector = JSON.parse(readFileSync(join(oracles ?? "", "slack/signature-vector.json"), "utf8"));
  const check = await verifySignature({
    secret: vector.signing_secret,
    headers: { "x-slack-request-timestamp": vector.timestamp, "x-slack-signature": vector.signature },
    rawBody: vector.body,
    now: new Date(Number(vector.timestamp) * 1000),
  });
  expect(check).toEqual({ ok: true });
});

test.each([
  ["  xoxb-1-2\n", "xoxb-1-2"],
  ['"xoxb-1-2"', "xoxb-1-2"],
  ["“xoxb-1-2”", "xoxb-1-2"],
  ["`xoxb-1\n-2`", "xoxb-1-2"],
  ["\u200bxoxb-1-2\ufeff", "xoxb-1-2"],
  ["", ""],
])("cleanCredential turns %j into %j", (given, clean) => {
  expect(cleanCredential(given)).toBe(clean);
});
