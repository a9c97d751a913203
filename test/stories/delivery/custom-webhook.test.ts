import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { isGenuine, type Receiver, startReceiver } from "../../receiver.ts";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
let receiver: Receiver;
// Names of pretended hosts, and the addresses that the pretended DNS has for them.
const names = new Map<string, string>();

beforeAll(async () => {
  story = await startStory({
    env: { WEBHOOK_ALLOW_PRIVATE: "127.0.0.1" },
    resolve: async (name) => {
      const address = names.get(name);
      if (!address) throw Object.assign(new Error("not found"), { code: "ENOTFOUND" });
      return [{ address, family: 4 }];
    },
  });
});
afterAll(() => story.close());

let destination: { id: string; secret: string };
let count = 0;
beforeEach(async () => {
  receiver = await startReceiver();
  destination = await webhook();
});
afterEach(async () => {
  await story.api("DELETE", `/destinations/${destination.id}`);
  await receiver.close();
});

const webhook = (more: object = {}) =>
  created(
    story.api("POST", "/destinations", {
      type: "custom-webhook",
      displayName: `SIEM ${++count}`,
      url: receiver.url,
      headers: { Authorization: "Bearer of the receiver" },
      changes: true,
      severities: ["INFO", "LOW", "MEDIUM", "HIGH", "CRITICAL"],
      alertTypes: ["RULE"],
      logTypes: ["Webhook"],
      timezone: "UTC",
      ...more,
    }),
  );
const open = async (title: string, more: object = {}) => {
  const { body } = await story.send({ title, severity: "HIGH", logTypes: ["Webhook"], ...more });
  return body.results[0].alertId as string;
};
const change = (id: string, body: object) => created(story.api("PATCH", `/alerts/${id}`, body));
const taken = (timeout = 10_000) =>
  expect.poll(() => receiver.taken.map(({ body }) => body.change?.kind ?? body.event), { timeout });
const stateOf = async () => (await story.api("GET", `/destinations/${destination.id}`)).body.state;
const deliveryOf = async (alertId: string, destinationId = destination.id) => {
  const { body } = await story.api("GET", `/alerts/${alertId}/deliveries`);
  return body.results.find((delivery: { destinationId: string }) => delivery.destinationId === destinationId);
};

test("an opening arrives as Panther would send it, signed, with the receiver's own headers", async () => {
  const alertId = await open("Impossible travel", { context: { user: "eve@acme.example" } });
  await taken().toEqual(["alert.opened"]);
  const [event] = receiver.taken;
  expect(event?.body).toMatchObject({
    alertId,
    title: "Impossible travel",
    severity: "HIGH",
    type: "RULE",
    status: "OPEN",
    eventCount: 1,
    version: 1,
    number: expect.any(Number),
    link: expect.stringMatching(/^https:\/\/tocsin.acme.example\/alerts\/\d+$/),
    alertContext: { user: "eve@acme.example" },
    tags: [],
  });
  expect(event?.headers).toMatchObject({
    authorization: "Bearer of the receiver",
    "content-type": "application/json",
    "x-tocsin-delivery": (await deliveryOf(alertId)).id,
    "x-tocsin-event-id": event?.body.eventId,
  });
  expect(event && isGenuine(event, destination.secret)).toBe(true);
  expect(event && isGenuine(event, "another secret")).toBe(false);
  await expect.poll(() => deliveryOf(alertId)).toMatchObject({ state: "sent", tries: [{ outcome: "sent" }] });
});

test("each change is an event of its own, in order, and shows the alert as it was then", async () => {
  receiver.next({ status: 500 });
  const alertId = await open("Told step by step");
  await change(alertId, { status: "TRIAGED" });
  await change(alertId, { assignee: "grace@acme.example" });
  await change(alertId, { comment: "Looks like a VPN" });
  await change(alertId, { status: "RESOLVED", comment: "It was" });
  await taken().toEqual(["alert.opened", "status_changed", "assigned", "commented", "status_changed"]);
  const bodies = receiver.taken.map(({ body }) => body);
  expect(bodies.map(({ status, version }) => [status, version])).toEqual([
    ["OPEN", 1],
    ["TRIAGED", 2],
    ["TRIAGED", 3],
    ["TRIAGED", 3],
    ["RESOLVED", 4],
  ]);
  expect(bodies.map(({ assignee }) => assignee?.name ?? null)).toEqual([
    null,
    null,
    "Grace",
    "Grace",
    "Grace",
  ]);
  expect(bodies[4]?.change).toMatchObject({
    sentence: "Story resolved the alert: It was",
    actor: { type: "token" },
    data: { from: "TRIAGED", to: "RESOLVED", comment: "It was" },
  });
  expect(new Set(bodies.map(({ eventId }) => eventId)).size).toBe(5);
});

test("a destination that asks for no changes hears of the opening only, as the alert is by then", async () => {
  await created(story.api("PATCH", `/destinations/${destination.id}`, { changes: false }));
  receiver.next({ status: 500 });
  const alertId = await open("Resolved on its way");
  await change(alertId, { status: "RESOLVED" });
  await taken().toEqual(["alert.opened"]);
  expect(receiver.taken[0]?.body.status).toBe("RESOLVED");
  await change(alertId, { status: "OPEN" });
  await open("The next one");
  await taken().toEqual(["alert.opened", "alert.opened"]);
});

test("an answer of 500, a 429 and a cut connection are tried again, with the same event id", async () => {
  receiver.next({ status: 500 }, { status: 429, headers: { "retry-after": "1" } }, "cut");
  const alertId = await open("In the end it arrives");
  await taken(20_000).toEqual(["alert.opened"]);
  expect(new Set(receiver.received.map(({ body }) => body.eventId)).size).toBe(1);
  await expect.poll(() => deliveryOf(alertId)).toMatchObject({ state: "sent" });
  const { tries } = await deliveryOf(alertId);
  expect(tries.map(({ outcome, error }: { outcome: string; error: string }) => [outcome, error])).toEqual([
    ["retry", "http_500"],
    ["wait", "http_429"],
    ["retry", "econnreset"],
    ["sent", null],
  ]);
});

test("a receiver that hangs is given up after ten seconds and tried again; others don't wait for it", async () => {
  const quick = await startReceiver();
  const other = await webhook({ url: quick.url });
  receiver.next("hang");
  const alertId = await open("One hangs");
  await expect.poll(() => quick.taken.length).toBe(1);
  await taken(30_000).toEqual(["alert.opened"]);
  expect((await deliveryOf(alertId)).tries[0]).toMatchObject({ outcome: "retry", error: "timeout" });
  await story.api("DELETE", `/destinations/${other.id}`);
  await quick.close();
});

test.each([
  [401, /Check the headers/],
  [404, /Check the address/],
  [410, /permanently gone.*new address/],
])(
  "after a %i what waits is held, the destination says what to do, and all goes out after the repair",
  async (status, remedy) => {
    receiver.always({ status });
    const alertId = await open(`Held ${status}`);
    await expect.poll(stateOf).toMatchObject({
      kind: "needs_attention",
      fault: `http_${status}`,
      remedy: expect.stringMatching(remedy),
    });
    await expect.poll(() => deliveryOf(alertId)).toMatchObject({ state: "held" });
    await change(alertId, { status: "TRIAGED" });
    receiver.always({ status: 204 });
    await created(story.api("PATCH", `/destinations/${destination.id}`, { headers: { authorization: "" } }));
    await taken().toEqual(["alert.opened", "status_changed"]);
    expect(receiver.taken[0]?.headers.authorization).toBe("Bearer of the receiver");
    await expect.poll(stateOf).toEqual({ kind: "ok" });
  },
);

test("a redirect is not followed", async () => {
  receiver.always({ status: 307, headers: { location: receiver.url } });
  await open("Sent elsewhere");
  await expect.poll(stateOf).toMatchObject({ fault: "redirected" });
  expect(receiver.received).toHaveLength(1);
});

test("a name that leads to a private address is refused, when it is set up and at each connection", async () => {
  names.set("evil.example", "169.254.169.254");
  const settings = { type: "custom-webhook", displayName: "Evil", severities: ["LOW"], alertTypes: ["RULE"] };
  const make = (url: string) =>
    story.api("POST", "/destinations", { ...settings, logTypes: [], timezone: "UTC", url });
  for (const url of ["https://evil.example/", "https://[::1]/", "https://10.0.0.1/", "https://2130706434/"]) {
    expect(await make(url)).toMatchObject({
      status: 400,
      body: { errors: [{ field: "url", detail: expect.stringContaining("private address") }] },
    });
  }
  names.set("turncoat.example", "93.184.215.14");
  await created(story.api("PATCH", `/destinations/${destination.id}`, { url: "https://turncoat.example/" }));
  names.set("turncoat.example", "127.0.0.2");
  await open("Never to a neighbour");
  await expect.poll(stateOf).toMatchObject({ fault: "private_address" });
  expect(receiver.received).toEqual([]);
});

test("an answer that was lost is sent again under its id, so that the receiver can tell", async () => {
  receiver.next("cut");
  await open("Maybe twice");
  await taken().toEqual(["alert.opened"]);
  const ids = receiver.received.map(({ body }) => body.eventId);
  expect(ids).toEqual([ids[0], ids[0]]);
});

test("a re-send is a new event, and changes go on after it", async () => {
  const alertId = await open("Once more");
  await taken().toEqual(["alert.opened"]);
  await expect.poll(() => deliveryOf(alertId)).toMatchObject({ state: "sent" });
  await created(story.api("POST", `/alerts/${alertId}/deliveries`, { destinationId: destination.id }));
  await taken().toEqual(["alert.opened", "alert.opened"]);
  await change(alertId, { status: "TRIAGED" });
  await taken().toEqual(["alert.opened", "alert.opened", "status_changed"]);
  expect(new Set(receiver.taken.map(({ body }) => body.eventId)).size).toBe(3);
});

test("when its destination is deleted, what waits ends as not delivered", async () => {
  receiver.always({ status: 500 });
  const alertId = await open("Nobody hears of it");
  await expect.poll(() => receiver.received.length).toBeGreaterThan(0);
  await story.api("DELETE", `/destinations/${destination.id}`);
  await expect.poll(async () => (await deliveryOf(alertId)).state, { timeout: 10_000 }).toBe("not_delivered");
});

test("while it is disabled nothing is told; when it is enabled again, all of it", async () => {
  const alertId = await open("Paused");
  await taken().toEqual(["alert.opened"]);
  await created(story.api("PATCH", `/destinations/${destination.id}`, { enabled: false }));
  await change(alertId, { status: "TRIAGED" });
  await change(alertId, { status: "RESOLVED" });
  await created(story.api("PATCH", `/destinations/${destination.id}`, { enabled: true }));
  await taken().toEqual(["alert.opened", "status_changed", "status_changed"]);
});

test("while Slack is down, the webhook gets its alerts", async () => {
  const faults = [
    { method: "chat.postMessage", times: 1000, what: { kind: "status", status: 503 } as const },
  ];
  await story.slack.ask("faults", { faults });
  const alertId = await open("Slack is away");
  await taken().toEqual(["alert.opened"]);
  expect((await deliveryOf(alertId, story.destination.id)).state).not.toBe("sent");
  await story.slack.ask("faults", { faults: [] });
});

test("a test event says what it is, and a receiver's no is told with what to do", async () => {
  expect((await story.api("POST", `/destinations/${destination.id}/welcome`)).status).toBe(204);
  expect(receiver.taken[0]?.body).toMatchObject({
    event: "test",
    status: "RESOLVED",
    title: expect.stringContaining("Test event"),
  });
  receiver.always({ status: 403 });
  expect(await story.api("POST", `/destinations/${destination.id}/welcome`)).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining("Check the headers") },
  });
  expect(await stateOf()).toMatchObject({ fault: "http_403" });
});
