import { expect, test } from "vitest";
import { redactBody, redactSecrets } from "./redact-secrets.ts";

const key = `tsk_${"a".repeat(43)}`;

test.each([
  [`{"key":"${key}"}`, '{"key":"[redacted]"}'],
  [`/ingest/1?key=${key}&x=1`, "/ingest/1?key=[redacted]&x=1"],
  ['{"token":"xoxb-1234567890-abcdefghij"}', '{"token":"[redacted]"}'],
  ["xoxe.xoxp-1-Mi0yLTEyMzQ and xapp-1-A0B1C2D3E4-123", "[redacted] and [redacted]"],
  ['"https://hooks.slack.com/services/T000/B000/XXXX" ', '"https://hooks.slack.com/services[redacted]" '],
  [
    String.raw`"https:\/\/hooks.slack.com\/services\/T0\/B0\/XX"`,
    String.raw`"https:\/\/hooks.slack.com\/services[redacted]"`,
  ],
  [
    "payload=https%3A%2F%2Fhooks.slack.com%2Fservices%2FT0%2FB0",
    "payload=https%3A%2F%2Fhooks.slack.com%2Fservices[redacted]",
  ],
  ["payload=%7B%22a%22%3A%22xoxb-1234567890-abcdef%22%7D", "payload=%7B%22a%22%3A%22[redacted]%22%7D"],
  [String.raw`"log":"a\nxoxb-1234567890-abcdef"`, String.raw`"log":"a\n[redacted]"`],
  ["Authorization: Bearer abcdefghijklmnop0123=", "Authorization: Bearer [redacted]"],
  [`ghp_${"x".repeat(36)}`, "[redacted]"],
  ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJlIQ", "[redacted]"],
  [
    "-----BEGIN RSA PRIVATE KEY-----\\nMIIE\\n-----END RSA PRIVATE KEY-----",
    "-----BEGIN RSA PRIVATE KEY-----[redacted]-----END RSA PRIVATE KEY-----",
  ],
  ["postgres://ada:hunter2@db/x", "postgres://ada:[redacted]@db/x"],
])("%s is kept as %s", (text, kept) => {
  expect(redactSecrets(text)).toBe(kept);
});

test("a body keeps bytes that are not UTF-8, and loses secrets wherever it is cut", async () => {
  const body = Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d]);
  expect(await redactBody(body)).toEqual(body);
  const large = await redactBody(Buffer.from(`"${key}"`.repeat(60_000)));
  expect(large.toString()).toBe('"[redacted]"'.repeat(60_000));
  expect(await redactBody(Buffer.alloc(3_000_000, "a"))).toHaveLength(3_000_000);
});

test("what is no secret stays", () => {
  for (const text of [
    "https://grafana.example/d/x?from=1",
    "AKIAIOSFODNN7EXAMPLE",
    "sha256:abc",
    "12:30:00 a@b.example",
  ])
    expect(redactSecrets(text)).toBe(text);
});

// A quadratic pattern would take minutes for one of these, and run into the timeout.
test.each([
  "-----BEGIN PRIVATE KEY-----",
  "a.",
  "a://",
  "a://b:",
  "eyJaaaaaaaa.",
  "Bearer ",
  "hooks.slack.com/services/",
  "xoxb-",
  "\\/",
])("a megabyte of %s takes less than quadratic time", (piece) => {
  redactSecrets(piece.repeat(1_000_000 / piece.length));
});
