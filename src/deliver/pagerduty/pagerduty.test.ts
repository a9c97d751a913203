import { expect, test } from "vitest";
import { testEvent } from "../events/send-test.ts";
import { eventBody } from "./event-body.ts";
import { actionsFor } from "./pagerduty.ts";

const { alert, ...event } = testEvent({
  type: "PagerDuty",
  publicUrl: "https://tocsin.acme.example",
  now: new Date("2026-11-24T12:00:00Z"),
});

test.each([
  ["opened", "OPEN", ["trigger"]],
  ["opened", "TRIAGED", ["trigger", "acknowledge"]],
  ["opened", "RESOLVED", ["resolve"]],
  ["changed", "OPEN", ["trigger"]],
  ["changed", "TRIAGED", ["acknowledge"]],
  ["changed", "CLOSED", ["resolve"]],
  ["test", "RESOLVED", ["trigger", "resolve"]],
] as const)("an event of kind %s for an alert that is %s means %j", (kind, status, actions) => {
  expect(actionsFor({ kind, alert: { ...alert, status }, changes: [] })).toEqual(actions);
});

test("an acknowledged incident learns that its alert's severity was raised", () => {
  const actor = { type: "system", id: null, name: "Falco" } as const;
  const raised = { kind: "severity_raised", at: new Date(), actor, via: "system" };
  const changes = [{ ...raised, sentence: "Severity raised", data: {} }];
  const told = { kind: "changed", alert: { ...alert, status: "TRIAGED" }, changes } as const;
  expect(actionsFor(told)).toEqual(["trigger", "acknowledge"]);
});

test("an alert too large for PagerDuty is sent without its context, and its title is cut", () => {
  const big = { ...alert, title: "t".repeat(3000), context: { payload: "ü".repeat(300_000) } };
  const body = eventBody({ ...event, alert: big }, { routingKey: "k", action: "trigger" });
  expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(512 * 1024);
  expect(body).toMatchObject({
    payload: {
      summary: expect.stringMatching(/^t{1023}…$/),
      custom_details: { context: "Too large for PagerDuty; open the alert in Tocsin." },
    },
  });
});
