import zlib from "node:zlib";

/** A body that a tool has been seen to send, and what becomes of it. */
interface OddBody {
  what: string;
  kind: "native" | "panther" | "alertmanager" | "slack-webhook";
  body: Buffer;
  encoding?: string;
  /** The fields of each alert that matter, in order. */
  alerts: object[];
  /** The fields that each result warns of, if any does. */
  warnings?: string[][];
}

/** With each `~` as the byte of ü in ISO 8859-1, which is not UTF-8. */
function latin1(text: string): Buffer {
  return Buffer.from(text.replaceAll("~", "\u00fc"), "latin1");
}

const notUtf8 = { "[not UTF-8]": "bytes that are not UTF-8 became \uFFFD" };

function native(what: string, fields: string, alert: object, warnings?: string[]): OddBody {
  const body = Buffer.from(`{"title": "${what}", "severity": "LOW", ${fields}}`);
  return { what, kind: "native", body, alerts: [alert], ...(warnings && { warnings: [warnings] }) };
}

function severity(word: string, read: string): OddBody {
  const body = Buffer.from(`{"title": "severity ${word.replaceAll('"', "'")}", "severity": ${word}}`);
  return { what: `the severity ${word}`, kind: "native", body, alerts: [{ severity: read }] };
}

function encoded(encoding: string, pack: (text: string) => Buffer): OddBody {
  const body = pack(`{"title": "sent as ${encoding}", "severity": "HIGH"}`);
  return {
    what: `Content-Encoding ${encoding}`,
    kind: "native",
    body,
    encoding,
    alerts: [{ severity: "HIGH" }],
  };
}

const bytes: OddBody[] = [
  {
    what: "a file name in ISO 8859-1",
    kind: "native",
    body: latin1('{"title": "Malware: m~ll.pdf", "severity": "CRITICAL", "context": {"file": "m~ll.pdf"}}'),
    alerts: [
      {
        title: "Malware: m\uFFFDll.pdf",
        severity: "CRITICAL",
        context: { file: "m\uFFFDll.pdf" },
        events: [notUtf8],
      },
    ],
    warnings: [["body"]],
  },
  {
    what: "a label in ISO 8859-1 in one of two alerts",
    kind: "alertmanager",
    body: latin1(`{"version": "4", "status": "firing", "alerts": [
      {"status": "firing", "labels": {"alertname": "DiskFull", "severity": "critical"}, "fingerprint": "07b1",
       "annotations": {"summary": "db-1 is full"}, "startsAt": "2026-01-15T10:00:00Z"},
      {"status": "firing", "labels": {"alertname": "Logins", "severity": "warning", "user": "m~ller"}, "fingerprint": "07b2",
       "annotations": {"summary": "Failed logins"}, "startsAt": "2026-01-15T10:00:00Z"}]}`),
    alerts: [
      { title: "db-1 is full", severity: "CRITICAL" },
      { title: "Failed logins", context: { labels: { user: "m\uFFFDller" } }, events: [notUtf8] },
    ],
    warnings: [[], ["body"]],
  },
  {
    what: "a form in ISO 8859-1",
    kind: "slack-webhook",
    body: latin1('payload={"text":"Fehler auf Server M~nchen 1"}'),
    alerts: [{ title: "Fehler auf Server M\uFFFDnchen 1" }],
  },
  {
    what: "a form with %-encoded ISO 8859-1",
    kind: "slack-webhook",
    body: Buffer.from("payload=%7B%22text%22%3A%22Fehler+auf+M%FCnchen+2%22%7D"),
    alerts: [{ title: "Fehler auf M\uFFFDnchen 2" }],
  },
  {
    what: "a multipart form",
    kind: "slack-webhook",
    body: Buffer.from(
      '--f00\r\nContent-Disposition: form-data; name="payload"\r\n\r\n{"text":"Sent by curl -F"}\r\n--f00--\r\n',
    ),
    alerts: [{ title: "Sent by curl -F" }],
  },
  {
    what: "a report per line",
    kind: "native",
    body: Buffer.from(
      '\uFEFF{"title":"line one","severity":"LOW"}\r\n{"title":"line two","severity":"LOW"}\r\n',
    ),
    alerts: [{ title: "line one" }, { title: "line two" }],
  },
  {
    what: "reports one after the other",
    kind: "native",
    body: Buffer.from('{"title":"stream one","severity":"LOW"}{"title":"stream two","severity":"LOW"}'),
    alerts: [{ title: "stream one" }, { title: "stream two" }],
  },
  encoded("gzip", (text) => zlib.gzipSync(text)),
  {
    what: "gzip without its header",
    kind: "native",
    body: zlib.gzipSync('{"title": "packed, and nobody says so", "severity": "HIGH"}'),
    alerts: [{ title: "packed, and nobody says so" }],
  },
  encoded("deflate", (text) => zlib.deflateSync(text)),
  encoded("br", (text) => zlib.brotliCompressSync(text)),
  encoded("zstd", (text) => zlib.zstdCompressSync(text)),
];

const fields: OddBody[] = [
  native("a line break in a text", '"description": "one\ntwo\t\u0000"', { description: "one\ntwo\t\uFFFD" }),
  native("NaN, as Python writes it", '"context": {"score": NaN, "least": -Infinity}', {
    context: { score: "NaN", least: "-Infinity" },
  }),
  native("a hundred levels and more", `"context": {"deep": ${"[".repeat(150)}1${"]".repeat(150)}}`, {
    severity: "LOW",
  }),
  native("a number as text", '"dedupPeriodMinutes": "60"', {}),
  native("seconds since 1970", '"eventTime": 1764410000', {
    firstEventOccurredAt: "2025-11-29T09:53:20.000Z",
  }),
  native("milliseconds as text", '"firstEventOccurredAt": "1764410000123"', {
    firstEventOccurredAt: "2025-11-29T09:53:20.123Z",
  }),
  native(
    "a time with a space",
    '"eventTime": "2026-01-15 10:00:00"',
    { firstEventOccurredAt: "2026-01-15T10:00:00.000Z" },
    ["eventTime"],
  ),
  native("nanoseconds and an offset", '"eventTime": "2026-01-15T10:00:00.123456789+0530"', {
    firstEventOccurredAt: "2026-01-15T04:30:00.123Z",
  }),
  native("nothing in all fields", nothing(), { tags: [], logTypes: [], context: {}, description: null }),
  native("tags as text", '"tags": "a,b"', { tags: ["a", "b"] }, ["tags"]),
  native("tags of all types", '"tags": [1, true, null, "x"]', { tags: ["1", "true", "x"] }, ["tags"]),
  native("identifiers of 64 bits", '"context": {"event_id": 12345678901234567890, "pid": 9007199254740993}', {
    context: { event_id: "12345678901234567890", pid: "9007199254740993" },
    events: [{ context: { event_id: "12345678901234567890" } }],
  }),
  {
    what: "a number as title",
    kind: "native",
    body: Buffer.from('{"title": 12345, "severity": "LOW"}'),
    alerts: [{ title: "12345" }],
  },
  ...[severity("5", "LOW"), severity('"P1"', "CRITICAL"), severity('" Critical "', "CRITICAL")],
  { ...severity('"urgent"', "MEDIUM"), warnings: [["severity"]] },
  {
    what: "a policy of Panther with nothing but an id",
    kind: "panther",
    body: Buffer.from(`{"id": "AWS.S3.Public", "createdAt": "2020-10-13T03:35:24Z", "severity": "INFO", "type": "POLICY",
      "link": null, "title": "", "name": null, "alertId": null, "tags": null, "alertContext": null}`),
    alerts: [{ title: "AWS.S3.Public", type: "POLICY", severity: "INFO" }],
  },
  {
    what: "a context of Panther as text",
    kind: "panther",
    body: Buffer.from(String.raw`{"id": "Okta.X", "alertId": "46b", "title": "Okta", "severity": "critical",
      "createdAt": "2026-01-15T03:35:24.123456789Z", "tags": ["a", 1, null], "alertContext": "{\"user\":\"eve\"}"}`),
    alerts: [{ severity: "CRITICAL", tags: ["a", "1"], context: { user: "eve" } }],
    warnings: [["tags"]],
  },
];

function nothing(): string {
  const names = [
    "description",
    "runbook",
    "tags",
    "logTypes",
    "context",
    "detection",
    "dedupString",
    "eventTime",
  ];
  return [...names, "reports", "destinations"].map((name) => `"${name}": null`).join();
}

export const oddBodies: readonly OddBody[] = [...bytes, ...fields];

/** The body of Alertmanager for one alert that fires or not since a time, in its own notation. */
export function alertmanagerBody(fingerprint: string, status: "firing" | "resolved", startsAt: string) {
  const labels = { alertname: "HighCpu", severity: "critical", instance: "web-9" };
  const annotations = { summary: `CPU of web-9 at 99 % (${fingerprint})` };
  return { version: "4", status, alerts: [{ status, labels, annotations, startsAt, fingerprint }] };
}
