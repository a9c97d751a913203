import { expect, test } from "vitest";
import { anAlert } from "../../test/builders/an-alert.ts";
import { hasConditions, initialValues, likeAlert, requestOf } from "./silence-values.ts";

const bodyOf = (change: Parameters<typeof anAlert>[0]) => {
  const {
    statusSet: _,
    createdAt,
    firstEventOccurredAt,
    lastReceivedEventAt,
    updatedAt,
    ...rest
  } = anAlert(change);
  const at = createdAt.toISOString();
  const times = { createdAt: at, firstEventOccurredAt: at, lastReceivedEventAt: at, updatedAt: at };
  return { ...rest, ...times, deliveries: [] };
};

test("alerts like one are those of its detection and source, and its fields are offered", () => {
  const start = likeAlert(bodyOf({ context: { actor: { email: "eve@acme.example" } } }));
  expect(start).toMatchObject({
    values: { detection: "okta-impossible-travel", title: "" },
    sourceName: "Okta",
    offered: [{ path: "actor.email", value: "eve@acme.example" }],
  });
});

test("without a detection the title takes its place", () => {
  const start = likeAlert(bodyOf({ detection: null, title: "Disk is full" }));
  expect(start.values).toMatchObject({ detection: "", title: "Disk is full" });
});

test("a request leaves out what is empty, and has either minutes or a time", () => {
  const values = initialValues({ values: { detection: " cron ", reason: "Nightly" } });
  const unfinished = { ...values, fields: [{ path: "", op: "equals" as const, value: "" }] };
  expect(requestOf(unfinished, { values: {}, alertId: "a" })).toEqual({
    source: null,
    detection: "cron",
    title: null,
    severities: [],
    fields: [],
    alsoCritical: false,
    reason: "Nightly",
    forMinutes: 1440,
    alertId: "a",
  });
  const until = requestOf({ ...values, length: "until", until: "2026-12-01T10:00" }, { values: {} });
  expect(until).toMatchObject({ until: new Date("2026-12-01T10:00").toISOString() });
  // What is no time is left to the API, which says so at its field.
  expect(requestOf({ ...values, length: "until" }, { values: {} })).toMatchObject({ until: "" });
});

test("a preview needs a condition, and CRITICAL alerts too is none", () => {
  const empty = initialValues({ values: { alsoCritical: true } });
  expect(hasConditions(empty)).toBe(false);
  expect(hasConditions({ ...empty, severities: ["LOW"] })).toBe(true);
});
