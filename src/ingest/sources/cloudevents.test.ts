import { expect, test } from "vitest";
import { parse, recorded, reportOf, sameAlert } from "../../../test/builders/parsed.ts";
import { cloudevents } from "./cloudevents.ts";

const event = recorded("cloudevents-structured");
const withData = (change: object) => ({ ...event, data: { ...event.data, ...change } });

test("an event is a report with what its data says", () => {
  expect(parse(cloudevents, event)).toMatchObject([
    {
      ok: true,
      report: {
        says: "firing",
        title: "Outdated OpenSSL on web-1",
        severity: "HIGH",
        detectionId: "com.acme.scanner.finding",
        description: "3.0.1 has known faults.",
        reference: "https://scanner.acme.example/f/1",
        context: { source: "/scanner/1", subject: "web-1", partitionkey: "7", data: event.data },
        occurredAt: new Date("2026-01-15T10:00:00Z"),
        event,
      },
    },
  ]);
});

test("a batch is a report per event", () => {
  expect(parse(cloudevents, [event, { ...event, id: "2", subject: "web-2" }])).toMatchObject([
    { ok: true },
    { ok: true },
  ]);
});

test("source and id tell a repeat, of a batch together", () => {
  const idOf = (body: unknown) => cloudevents.eventId?.(body);
  expect(idOf(event)).toBe(idOf({ ...event, time: null }));
  expect(idOf(event)).not.toBe(idOf({ ...event, id: "2" }));
  expect(idOf(event)).not.toBe(idOf({ ...event, source: "/scanner/2" }));
  expect(idOf([event, event])).not.toBe(idOf(event));
  expect(idOf([event, { ...event, id: null }])).toBeNull();
  expect(idOf([])).toBeNull();
});

test("events of one subject with one title are the same alert, until it is over", () => {
  const later = { ...event, id: "2", time: "2026-01-15T10:05:00Z" };
  expect(sameAlert(cloudevents, event, later)).toBe(true);
  expect(sameAlert(cloudevents, event, withData({ status: "resolved" }))).toBe(true);
  expect(reportOf(cloudevents, withData({ status: "Closed" }))).toMatchObject({ says: "resolved" });
  expect(sameAlert(cloudevents, event, { ...event, subject: "web-2" })).toBe(false);
  expect(sameAlert(cloudevents, event, { ...event, source: "/scanner/2" })).toBe(false);
  expect(sameAlert(cloudevents, event, withData({ title: "Other" }))).toBe(false);
});

test("data that is text, binary or missing is no fault", () => {
  expect(reportOf(cloudevents, recorded("cloudevents-base64"))).toMatchObject({
    title: "com.acme.scanner.raw",
  });
  expect(reportOf(cloudevents, { ...event, data: "disk\nfull" })).toMatchObject({ title: "disk" });
  expect(reportOf(cloudevents, { type: "t", source: "/s", subject: "x" })).toMatchObject({ title: "t: x" });
});

test("without a severity in the data, an extension or the source's default counts", () => {
  const { severity, ...data } = event.data;
  expect(reportOf(cloudevents, { ...event, data, severity: "critical" })).toMatchObject({
    severity: "CRITICAL",
  });
  expect(parse(cloudevents, { ...event, data })).toMatchObject([
    { report: { severity: "LOW" }, warnings: [{ field: "severity" }] },
  ]);
});

test.each([["hello"], [{}], [{ specversion: "1.0", id: "1" }]])("%j is refused", (body) => {
  expect(parse(cloudevents, body)).toMatchObject([
    { ok: false, expected: expect.stringContaining("CloudEvent") },
  ]);
});

const headers = {
  "ce-specversion": "1.0",
  "ce-id": "b-1",
  "ce-source": "/scanner/1",
  "ce-type": "com.acme.scanner.finding",
  "ce-subject": "caf%C3%A9 100%",
  "content-type": "application/json; charset=utf-8",
};
const fromBinary = (text: string, change: Record<string, string | undefined> = {}) =>
  cloudevents.fromRequest?.(text, { headers: { ...headers, ...change }, params: {} }) ?? null;

test.each([
  ["JSON", '{"title": "T", "big": 12345678901234567890}', {}, { title: "T" }],
  ["a JSON type", '{"title": "T"}', { "content-type": "application/vnd.acme+json" }, { title: "T" }],
  ["no content type", '{"title": "T"}', { "content-type": undefined }, { title: "T" }],
  ["text", 'disk "full"', { "content-type": "text/plain" }, 'disk "full"'],
  ["XML", "<a/>", { "content-type": "application/xml" }, "<a/>"],
  ["nothing", "", {}, undefined],
])("in binary mode, headers are attributes and the body is the data: %s", (_, text, change, data) => {
  const read = JSON.parse(fromBinary(text, change) ?? "");
  expect(read).toMatchObject({ specversion: "1.0", id: "b-1", source: "/scanner/1" });
  if (typeof data === "object") expect(read.data).toMatchObject(data);
  else expect(read.data).toBe(data);
});

test("binary mode keeps the digits of large numbers, and reads percent-encoded headers", () => {
  expect(fromBinary('{"big": 12345678901234567890}')).toContain('"data":{"big": 12345678901234567890}}');
  expect(JSON.parse(fromBinary("1", { "ce-subject": "caf%C3%A9" }) ?? "").subject).toBe("café");
  expect(JSON.parse(fromBinary("1") ?? "").subject).toBe("caf%C3%A9 100%");
});

test("a structured event is not in binary mode", () => {
  expect(fromBinary("{}", { "content-type": "application/cloudevents+json" })).toBeNull();
  expect(fromBinary("{}", { "ce-specversion": undefined })).toBeNull();
});
