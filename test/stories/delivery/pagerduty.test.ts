import { afterAll, beforeAll, expect, test } from "vitest";
import { startPagerDuty } from "../../doubles/pagerduty.ts";
import { created, type Story, startStory } from "../../tocsin/story.ts";

const key = "97cffff4225141ccbb087b9d35d0ffff";
let story: Story;
let pagerduty: Awaited<ReturnType<typeof startPagerDuty>>;
let destination: { id: string; hints: { routingKey: string } };
const log: string[] = [];

beforeAll(async () => {
  pagerduty = await startPagerDuty([key]);
  story = await startStory({
    env: { WEBHOOK_ALLOW_PRIVATE: "127.0.0.1" },
    doubles: { "events.eu.pagerduty.com": pagerduty.origin },
    log: (entry) => log.push(entry),
  });
  destination = await created(story.api("POST", "/destinations", wish));
});
afterAll(async () => {
  expect(log.join()).not.toContain(key);
  await story.close();
  await pagerduty.close();
});

const wish = {
  type: "pagerduty",
  displayName: "On call",
  routingKey: key,
  region: "eu",
  severities: ["LOW", "MEDIUM", "HIGH", "CRITICAL"],
  alertTypes: ["RULE", "SYSTEM_ERROR"],
  logTypes: ["Page"],
  timezone: "UTC",
};
const openAlert = async (title: string, more: object = {}): Promise<string> => {
  const { body } = await story.send({ title, severity: "CRITICAL", logTypes: ["Page"], ...more });
  return body.results[0].alertId;
};
const change = (id: string, body: object) => created(story.api("PATCH", `/alerts/${id}`, body));
const incidentOf = (alertId: string) => pagerduty.incidents.get(alertId);
const expectIncident = (alertId: string) => expect.poll(() => incidentOf(alertId), { timeout: 10_000 });
const stateOf = async () => (await story.api("GET", `/destinations/${destination.id}`)).body.state;
const deliveryOf = async (alertId: string) => {
  const { body } = await story.api("GET", `/alerts/${alertId}/deliveries`);
  return body.results.find((one: { destinationId: string }) => one.destinationId === destination.id);
};

test("opening triggers, triage acknowledges, closing resolves, and reopening pages again", async () => {
  const alertId = await openAlert("Impossible travel", { context: { user: "eve@acme.example" } });
  await expectIncident(alertId).toMatchObject({ state: "triggered", pages: 1 });
  expect(incidentOf(alertId)?.trigger).toMatchObject({
    dedup_key: alertId,
    client: "Tocsin",
    payload: {
      summary: expect.stringMatching(/^#\d+ Impossible travel$/),
      severity: "critical",
      custom_details: { context: { user: "eve@acme.example" } },
    },
    links: [{ href: expect.stringMatching(/^https:\/\/tocsin.acme.example\/alerts\/\d+$/) }],
  });
  await change(alertId, { status: "TRIAGED" });
  await expectIncident(alertId).toMatchObject({ state: "acknowledged" });
  await change(alertId, { comment: "Not worth a page" });
  await change(alertId, { status: "RESOLVED" });
  await expectIncident(alertId).toMatchObject({ state: "resolved" });
  await change(alertId, { status: "OPEN" });
  await expectIncident(alertId).toMatchObject({ state: "triggered", pages: 2 });
  await expect
    .poll(async () => (await deliveryOf(alertId)).tries.map(({ outcome }: { outcome: string }) => outcome))
    .toEqual(["sent", "told", "told", "told"]);
});

test("an event that PagerDuty throttles waits and is sent", async () => {
  pagerduty.throttle(1);
  const alertId = await openAlert("One too many");
  await expect
    .poll(async () => (await deliveryOf(alertId)).tries[0])
    .toMatchObject({
      outcome: "wait",
      error: "http_429",
      says: "PagerDuty EU limits how fast Tocsin may send. Tocsin waits and tries again.",
    });
  await story.pass("31 seconds");
  await expectIncident(alertId).toMatchObject({ pages: 1 });
});

test("an alert that is closed before PagerDuty can be reached pages nobody", async () => {
  pagerduty.throttle(1);
  const closed = await openAlert("Closed on its way");
  await change(closed, { status: "RESOLVED" });
  await story.pass("31 seconds");
  await expect.poll(() => deliveryOf(closed)).toMatchObject({ state: "sent" });
  expect(incidentOf(closed)).toBeUndefined();
});

test("a key that PagerDuty no longer knows holds events and says what to do, until it is replaced", async () => {
  pagerduty.removeKey(key);
  const alertId = await openAlert("Held");
  await expect.poll(stateOf).toMatchObject({
    kind: "needs_attention",
    fault: "bad_routing_key",
    remedy: expect.stringMatching(/doesn't know the Integration Key.*Events API V2/),
  });
  await expect.poll(async () => (await deliveryOf(alertId)).state).toBe("held");
  const other = "0123456789abcdef0123456789ABCDEF";
  pagerduty.addKey(other);
  const changed = await created(story.api("PATCH", `/destinations/${destination.id}`, { routingKey: other }));
  expect(changed.hints).toEqual({ routingKey: "…CDEF" });
  await expectIncident(alertId).toMatchObject({ state: "triggered" });
  await expect.poll(stateOf).toEqual({ kind: "ok" });
  pagerduty.addKey(key);
});

test("a fault of the Slack app pages as a SYSTEM_ERROR alert", async () => {
  await created(story.api("PATCH", `/destinations/${destination.id}`, { logTypes: [] }));
  await story.slack.ask("setApp", { state: "token_revoked" });
  await story.pass("1 minute");
  const summaries = () => [...pagerduty.incidents.values()].map(({ trigger }) => trigger.payload.summary);
  await expect
    .poll(summaries, { timeout: 15_000 })
    .toContainEqual(expect.stringContaining("Alerts can't go out to Slack"));
  await story.slack.ask("setApp", { state: "installed" });
});

test("a test makes an incident that is resolved at once", async () => {
  pagerduty.actions.length = 0;
  expect((await story.api("POST", `/destinations/${destination.id}/welcome`)).status).toBe(204);
  expect(pagerduty.actions.slice(-2)).toEqual(["trigger", "resolve"]);
});

test.each([
  ["too short", "routingKey", /Integration Key of an Events API V2 integration/],
  ["", "routingKey", /Integration Key/],
])("the key %j is refused", async (routingKey, field, why) => {
  const answer = await story.api("POST", "/destinations", { ...wish, displayName: "Other", routingKey });
  expect(answer).toMatchObject({
    status: 400,
    body: { errors: [{ field: expect.stringContaining(field), detail: expect.stringMatching(why) }] },
  });
});

test("the key is never returned, only how it ends", async () => {
  const { body } = await story.api("GET", "/destinations");
  expect(JSON.stringify(body)).not.toContain(key);
  expect(destination.hints).toEqual({ routingKey: "…ffff" });
  expect(JSON.stringify((await story.api("GET", "/audit-log")).body)).not.toContain(key);
});
