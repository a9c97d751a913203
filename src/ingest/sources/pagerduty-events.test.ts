import { expect, test } from "vitest";
import { parse, recorded, reportOf, sameAlert } from "../../../test/builders/parsed.ts";
import { pagerdutyEvents } from "./pagerduty-events.ts";

const trigger = recorded("pagerduty-events-trigger");
const resolve = recorded("pagerduty-events-resolve");
const { dedup_key, ...keyless } = trigger;
const withPayload = (change: object) => ({ ...trigger, payload: { ...trigger.payload, ...change } });
const answer = (body: unknown, outcome = "opened") => {
  const { answer } = pagerdutyEvents;
  const wrong = { field: "payload", expected: "an object" };
  return typeof answer === "function"
    ? answer([{ outcome, ...(outcome === "invalid" && wrong) }], body)
    : null;
};
const answeredKey = (body: unknown) => JSON.parse(JSON.stringify(answer(body)?.body)).dedup_key;

test("a trigger is a report, identified by its dedup_key, and its sample has no key", () => {
  expect(parse(pagerdutyEvents, trigger)).toMatchObject([
    {
      ok: true,
      report: {
        says: "firing",
        title: "Disk of web-1 is full",
        severity: "HIGH",
        detectionId: "disk full",
        identity: { kind: "named", id: "disk/web-1" },
        reference: "https://monitor.acme.example/web-1",
        context: {
          source: "web-1",
          component: "disk",
          free: "0 %",
          links: ["https://runbooks.acme.example/disk"],
        },
        occurredAt: new Date("2026-01-15T10:00:00Z"),
      },
    },
  ]);
  expect(JSON.stringify(reportOf(pagerdutyEvents, trigger))).not.toContain(trigger.routing_key);
});

test("a resolve ends the alert of its dedup_key, and needs no severity", () => {
  expect(parse(pagerdutyEvents, resolve)).toEqual([
    { ok: true, report: expect.objectContaining({ says: "resolved" }) },
  ]);
  expect(sameAlert(pagerdutyEvents, trigger, resolve)).toBe(true);
});

test("an acknowledge is taken and ignored", () => {
  const items = parse(pagerdutyEvents, { ...resolve, event_action: "acknowledge" });
  expect(items).toMatchObject([{ ok: false, ignored: true }]);
});

test.each([
  ["critical", "CRITICAL"],
  ["error", "HIGH"],
  ["warning", "MEDIUM"],
  ["info", "INFO"],
])("severity %s is %s", (severity, ours) => {
  expect(reportOf(pagerdutyEvents, withPayload({ severity }))).toMatchObject({ severity: ours });
});

test("an unknown severity takes the source's default, with a warning", () => {
  expect(parse(pagerdutyEvents, withPayload({ severity: "purple" }))).toMatchObject([
    { report: { severity: "LOW" }, warnings: [{ field: "severity" }] },
  ]);
});

test("without a dedup_key, events about the same are one alert, whose answered key resolves it", () => {
  const again = { ...keyless, payload: { ...trigger.payload, timestamp: null, custom_details: null } };
  expect(sameAlert(pagerdutyEvents, keyless, again)).toBe(true);
  const other = { ...keyless, payload: { ...trigger.payload, source: "web-2" } };
  expect(sameAlert(pagerdutyEvents, keyless, other)).toBe(false);
  const over = { event_action: "resolve", dedup_key: answeredKey(keyless) };
  expect(sameAlert(pagerdutyEvents, keyless, over)).toBe(true);
  expect(reportOf(pagerdutyEvents, over)).toMatchObject({ says: "resolved" });
});

test("the answers are PagerDuty's", () => {
  const success = { status: "success", message: "Event processed", dedup_key: "disk/web-1" };
  expect(answer(trigger)).toEqual({ status: 202, body: success });
  expect(answer(resolve, "ignored")).toEqual({ status: 202, body: success });
  expect(answer({}, "invalid")).toEqual({
    status: 400,
    body: {
      status: "invalid event",
      message: "Event object is invalid",
      errors: ["'payload' should be an object"],
    },
  });
});

test.each([
  ["text", "hello", "report"],
  ["a resolve without a key", { event_action: "resolve" }, "dedup_key"],
  ["a trigger without a payload", { event_action: "trigger", payload: "x" }, "payload"],
])("%s is refused", (_, body, field) => {
  expect(parse(pagerdutyEvents, body)).toMatchObject([{ ok: false, field }]);
});

test("an unknown action is read as trigger, with a warning", () => {
  expect(parse(pagerdutyEvents, { ...trigger, event_action: "snooze" })).toMatchObject([
    { report: { says: "firing" }, warnings: [{ field: "event_action" }] },
  ]);
});

test("odd fields do no harm", () => {
  const odd = {
    payload: { class: 7, summary: " ", custom_details: "free text", timestamp: "soon" },
    links: [7, {}],
  };
  expect(reportOf(pagerdutyEvents, odd)).toMatchObject({
    title: "7",
    description: "free text",
    occurredAt: null,
  });
});
