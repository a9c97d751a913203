import fc from "fast-check";

/** In texts that are sent; no line of the log may have it. */
export const marker = "m4rker";

const texts = [
  ...[
    "",
    " ",
    "\0",
    `${marker}\0`,
    "\ud800",
    `${marker}\udc00x`,
    "\ufeff",
    "\u202e",
    "null",
    "NaN",
    "-0",
    "__proto__",
  ],
  ...[
    "constructor",
    "%00",
    "%zz",
    "../../etc/passwd",
    "'; drop table alerts; --",
    "<!channel>",
    "$(id)",
    "{{7*7}}",
  ],
  ...[
    "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00Z",
    "+275760-09-13T00:00:00.000Z",
    "-271821-04-20T00:00:00.000Z",
  ],
  ...[
    "9999-12-31T23:59:60Z",
    "2026-02-30T00:00:00Z",
    "2026-01-01T00:00:00.123456789+99:99",
    "1e400",
    "-1",
    "1.5",
  ],
  ...[
    "9223372036854775808",
    "99999999999999999999999",
    "00000000-0000-0000-0000-000000000000",
    "#1",
    "me",
    "none",
  ],
  ...[marker.repeat(3000), "é".repeat(5000), "\u0000".repeat(300)],
];
const numbers = [-1, -0, 0, 0.5, 1e308, -1e308, 2 ** 31, 2 ** 53, -(2 ** 53), 2 ** 63, 1e-320, 4294967296];

const nested = fc
  .tuple(fc.integer({ min: 2, max: 300 }), fc.constantFrom(["[", "]"], ['{"a":', "}"]))
  .map(([depth, [open, close]]) => JSON.parse(`${open?.repeat(depth)}0${close?.repeat(depth)}`));

export const nastyText = fc.oneof(
  fc.constantFrom(...texts),
  fc.array(fc.nat(0xffff), { maxLength: 20 }).map((units) => marker + String.fromCharCode(...units)),
);

/** Text with a character in it that PostgreSQL can't store. */
export function unstorable(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(text, fc.constantFrom("\0", "\ud800", "\udc00")).map(([plain, bad]) => plain + bad);
}

/** Values that no field wants. */
export const nastyValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: nastyText },
  fc.constantFrom<unknown>(...numbers, null, true, false, [], {}, [null], [[]], { a: marker }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.array(nastyText, { maxLength: 3 }),
  nested,
);

/** The JSON of a value, or bytes that are no JSON of one. */
export function bytesOf(value: fc.Arbitrary<unknown>): fc.Arbitrary<Buffer> {
  const json = value.map((one) => JSON.stringify(one) ?? "");
  const bad = fc.tuple(json, fc.nat(), fc.constantFrom(...insertions)).map(([text, at, insertion]) => {
    const bytes = Buffer.from(text);
    const place = at % (bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, place), insertion, bytes.subarray(place)]);
  });
  const cut = fc
    .tuple(json, fc.nat())
    .map(([text, at]) => Buffer.from(text.slice(0, at % (text.length + 1))));
  const doubled = json.map((text) => Buffer.from(text.replace(/^\{(?="([^"]*)")/, '{"$1":"first",')));
  const whole = json.map((text) => Buffer.from(text));
  return fc.oneof({ weight: 25, arbitrary: whole }, bad, cut, doubled, fc.constantFrom(...bodies));
}

const insertions = [
  ...[[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0], [0xef, 0xbb, 0xbf]].map((bytes) => Buffer.from(bytes)),
  ...['"', "\\", "\\u0000", "{", "]", '"__proto__":{"a":1},', "//"].map((text) => Buffer.from(text)),
];
const bodies = [
  ...[
    "",
    " ",
    "null",
    "0",
    '""',
    "[]",
    "{}",
    '{"__proto__":{"admin":true}}',
    '{"constructor":{"prototype":{}}}',
  ],
  ...[
    `${"[".repeat(3000)}`,
    `[${"0,".repeat(60_000)}0]`,
    `{"a":"${marker.repeat(20_000)}"}`,
    "a=1&a=2",
    "payload=%7B",
  ],
].map((text) => Buffer.from(text));

/** Headers that a client shouldn't send with a request, or that it sends wrongly. */
export const oddHeaders = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  fc.constantFrom<Record<string, string>>(
    { accept: "application/xml" },
    { origin: "null" },
    { origin: "https://mallory.example" },
    { "x-forwarded-for": `${"1.1.1.1,".repeat(200)}::1` },
    { "x-forwarded-host": "mallory.example", host: "mallory.example:99999" },
    { authorization: `Bearer ${marker}` },
    { authorization: "Basic e30=" },
    { cookie: `__Host-tocsin_session=${marker}; __proto__=1; =; a=%zz` },
    { "x-api-key": "\u00ff\u00fe" },
    { "idempotency-key": "k".repeat(300) },
    { "idempotency-key": "\u00ff" },
    { "last-event-id": "0000-01-01T00:00:00Z" },
    { "user-agent": "\u0080\u00ff".repeat(500) },
    { "content-encoding": "gzip" },
    { "content-length": "5" },
    { range: "bytes=0-,5-1" },
    { "if-none-match": "*" },
    { "x-http-method-override": "DELETE" },
    { "accept-language": "x".repeat(3000) },
  ),
);

export const contentTypes = fc.oneof(
  { weight: 8, arbitrary: fc.constant("application/json") },
  fc.constantFrom(
    ...[
      "application/json; charset=utf-16",
      "APPLICATION/JSON",
      "application/x-www-form-urlencoded",
      "text/plain",
    ],
    ...["multipart/form-data; boundary=x", "application/xml", "a", "*/*", "application/json;;;", "json", "/"],
  ),
);
