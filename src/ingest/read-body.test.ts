import { expect, test } from "vitest";
import { readBody } from "./read-body.ts";
import { native } from "./sources/native.ts";
import { slackWebhook } from "./sources/slack-webhook/slack-webhook.ts";
import { atOnce } from "./steps.ts";

const read = (text: string) => atOnce(readBody(native, Buffer.from(text)));
const bytes = (...values: number[]) => atOnce(readBody(native, Buffer.from(values)));

test.each([
  ["JSON", '{"a": [1, "é", null]}', { a: [1, "é", null] }],
  ["JSON after a byte order mark", '\uFEFF{"a": 1}', { a: 1 }],
  ["NUL, which PostgreSQL refuses", String.raw`{"a\u0000b": "c\u0000d"}`, { "a\uFFFDb": "c\uFFFDd" }],
  ["lone surrogates", String.raw`["\ud83d", "\ud83d\ude00", "\ude00x"]`, ["\uFFFD", "😀", "\uFFFDx"]],
  [
    "brackets in strings, without counting them as depth",
    `["${"[".repeat(1000)}\\"${"{".repeat(1000)}"]`,
    [expect.any(String)],
  ],
])("readBody() parses %s", (_, text, body) => {
  expect(read(text)).toEqual({ ok: true, body });
});

test.each([
  ["an empty body", "", "JSON. Unexpected end"],
  ["a trailing comma", '{"a": 1,}', "at position 8"],
  ["a form for a kind without forms", 'payload={"text":"hi"}', "JSON."],
  ["ten thousand nested lists", "[".repeat(10_000) + "]".repeat(10_000), "at most 100 levels"],
  ["half a million unclosed lists", "[".repeat(500_000), "at most 100 levels"],
  ["101 nested objects", `${'{"a":'.repeat(101)}1${"}".repeat(101)}`, "at most 100 levels"],
])("readBody() refuses %s with the reason", (_, text, expected) => {
  expect(read(text)).toEqual({ ok: false, field: "body", expected: expect.stringContaining(expected) });
});

test.each([
  [2, bytes(0x5b, 0x22, 0xff, 0x22, 0x5d)],
  [3, bytes(0x22, 0x61, 0x62, 0xe2, 0x82, 0x22)],
  [0, bytes(0xff, 0xfe, 0x7b, 0x00)],
])("the position of the first byte that is not UTF-8 is named: %i", (at, answer) => {
  expect(answer).toMatchObject({ ok: false, expected: `text in UTF-8; byte ${at} is not` });
});

test("slack-webhook takes the payload of a form", () => {
  const form = `channel=x&${new URLSearchParams({ payload: '{"text": "50% & <up>"}' })}`;
  expect(atOnce(readBody(slackWebhook, Buffer.from(form)))).toEqual({
    ok: true,
    body: { text: "50% & <up>" },
  });
});

test("every __proto__ key is removed, at any level", () => {
  const twice = '{"__proto__": {"polluted": 1}, "a": {"__proto__": null}, "__proto__": {"polluted": 2}}';
  expect(read(twice)).toEqual({ ok: true, body: { a: {} } });
  expect(Reflect.get({}, "polluted")).toBeUndefined();
});
