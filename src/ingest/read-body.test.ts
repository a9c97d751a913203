import { expect, test } from "vitest";
import { UnreadableJson } from "./body/json-text.ts";
import { readBody } from "./read-body.ts";
import { native } from "./sources/native.ts";
import { slackWebhook } from "./sources/slack-webhook/slack-webhook.ts";
import { atOnce } from "./steps.ts";

const read = (text: string) => atOnce(readBody(native, Buffer.from(text)));
const bytes = (...values: number[]) => atOnce(readBody(native, Buffer.from(values)));

test.each([
  ["JSON", '{"a": [1, "é", null]}', { a: [1, "é", null] }],
  ["JSON after a byte order mark", '\uFEFF{"a": 1}', { a: 1 }],
  ["a document per line", '{"a": 1}\r\n\r\n[2, 3]\n', [{ a: 1 }, 2, 3]],
  [
    "documents one after the other",
    '{"a": "}"}{"b": 2}[3]\x1e{"c": 4},',
    [{ a: "}" }, { b: 2 }, 3, { c: 4 }],
  ],
  ["documents over several lines", '{\n"a": 1\n}\n{\n"b": {\n}\n}\n', [{ a: 1 }, { b: {} }]],
  ["a document that is no object", '7\n"x"\n', [7, "x"]],
  [
    "a list with a broken line",
    '[\n{"a": 1},\n{"b": 2,},\n{"c": 3}\n]',
    [{ a: 1 }, expect.any(UnreadableJson), { c: 3 }],
  ],
  ["escaped letters", String.raw`["\u0041\u00e9\u0022\\u0041\u005c"]`, ['Aé"\\u0041\\']],
  [
    "integers above 2^53",
    "[9007199254740991, 9007199254740992, -12345678901234567890]",
    [9007199254740991, "9007199254740992", "-12345678901234567890"],
  ],
  [
    "long decimals",
    "[0.1, 0.10000000000000000, 0.12345678901234567, 3.14159265358979311]",
    [0.1, 0.1, "0.12345678901234567", "3.14159265358979311"],
  ],
  ["numbers out of range", "[1e400, 1E-400, 1e5, -0, 0e999]", ["1e400", "1E-400", 100_000, -0, 0]],
  [
    "digits in a text",
    '{"12345678901234567890": "12345678901234567890"}',
    { "12345678901234567890": "12345678901234567890" },
  ],
  ["NUL, which PostgreSQL refuses", String.raw`{"a\u0000b": "c\u0000d"}`, { "a\uFFFDb": "c\uFFFDd" }],
  ["lone surrogates", String.raw`["\ud83d", "\ud83d\ude00", "\ude00x"]`, ["\uFFFD", "😀", "\uFFFDx"]],
  [
    "brackets in strings, without counting them as depth",
    `["${"[".repeat(1000)}\\"${"{".repeat(1000)}"]`,
    [expect.any(String)],
  ],
])("readBody() parses %s", (_, text, body) => {
  expect(read(text)).toEqual({ ok: true, body, badBytes: null });
});

test.each([
  ["an empty body", " \n", "JSON. The body is empty"],
  ["a list with too many values", `[${"1,".repeat(200_000)}1]`, "at most 200000 values"],
  ["a number that is none", "[12345678901234567890.]", "JSON."],
  ["a trailing comma", '{"a": 1,}', "at position 8"],
  ["a form for a kind without forms", 'payload={"text":"hi"}', "JSON."],
  ["half a million unclosed lists", "[".repeat(500_000), "JSON."],
])("readBody() refuses %s with the reason", (_, text, expected) => {
  expect(read(text)).toEqual({ ok: false, field: "body", expected: expect.stringContaining(expected) });
});

test.each([
  [2, "\uFFFD", bytes(0x5b, 0x22, 0xff, 0x22, 0x5d)],
  [3, "ab\uFFFD", bytes(0x5b, 0x22, 0x61, 0x62, 0xe2, 0x82, 0x22, 0x5d)],
])("bytes that are not UTF-8 become U+FFFD, and the first is named: %i", (at, text, answer) => {
  const expected = `text in UTF-8; byte ${at === 3 ? 4 : at} is not`;
  expect(answer).toEqual({ ok: true, body: [text], badBytes: { field: "body", expected } });
});

test("the first bad byte of a large body is named", () => {
  const text = `["${"é".repeat(200_000)}`;
  const body = Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0x22, 0x5d])]);
  expect(atOnce(readBody(native, body))).toMatchObject({
    badBytes: { expected: `text in UTF-8; byte ${Buffer.byteLength(text)} is not` },
  });
});

test("readBody() takes the UTF-16 of PowerShell", () => {
  const little = Buffer.from('\uFEFF{"a": "é"}', "utf16le");
  const swapped = Buffer.from(little).swap16();
  for (const body of [little, swapped])
    expect(atOnce(readBody(native, body))).toEqual({ ok: true, body: { a: "é" }, badBytes: null });
});

test("slack-webhook takes the payload of a form, urlencoded or multipart", async () => {
  const payload = '{"text": "50% & <up>"}';
  const parts = new FormData();
  parts.set("channel", "payload=1");
  parts.set("payload", payload);
  const multipart = Buffer.from(await new Response(parts).arrayBuffer());
  const unquoted = `--x\nContent-Disposition: form-data; name=payload\n\n${payload}\n--x--`;
  for (const form of [`channel=x&${new URLSearchParams({ payload })}`, multipart, unquoted])
    expect(atOnce(readBody(slackWebhook, Buffer.from(form)))).toMatchObject({
      ok: true,
      body: { text: "50% & <up>" },
      badBytes: null,
    });
  for (const form of ["--", "--x", "a=b"])
    expect(atOnce(readBody(slackWebhook, Buffer.from(form)))).toMatchObject({ ok: false });
});

test("a %-encoded byte of a form that is not UTF-8 is warned of", () => {
  const read = (form: string) => atOnce(readBody(slackWebhook, Buffer.from(form)));
  expect(read("payload=%7B%22text%22%3A%22M%FCnchen%22%7D")).toMatchObject({
    body: { text: "M\uFFFDnchen" },
    badBytes: { expected: "text in UTF-8; a %-encoded byte of the form is not" },
  });
  expect(read("payload=%7B%22text%22%3A%22M%EF%BF%BDnchen%22%7D")).toMatchObject({ badBytes: null });
});

test("every __proto__ key gets another name, at any level and however it is written", () => {
  const twice = String.raw`{"__proto__": {"polluted": 1}, "a": {"\u005f_pr\u006fto__" : null, "b": "__proto__"}}`;
  expect(read(twice)).toMatchObject({
    ok: true,
    body: { "[__proto__]": { polluted: 1 }, a: { "[__proto__]": null, b: "__proto__" } },
  });
  expect(Reflect.get({}, "polluted")).toBeUndefined();
});

test("what is nested more than 100 levels deep is cut, and costs no neighbour", () => {
  const deep = (levels: number) => `${'{"a":['.repeat(levels / 2)}"]"${"]}".repeat(levels / 2)}`;
  for (const levels of [98, 200, 10_000]) {
    const answer = read(`[${deep(levels)},{"b":1}]`);
    expect(answer).toMatchObject({ ok: true, body: [{ a: expect.anything() }, { b: 1 }] });
    expect(JSON.stringify(answer).includes("[cut]: more than 100 levels")).toBe(levels > 100);
  }
});
