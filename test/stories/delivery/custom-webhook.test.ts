import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { hasValidSignature, type Receiver, startReceiver } from "../../receiver.ts";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
let receiver: Receiver;
// The host hosts and addresses of the test's DNS.
const hosts = new Map<string, string>();

beforeAll(async () => {
  story = await startStory({
    env: { WEBHOOK_ALLOW_PRIVATE: "127.0.0.1" },
    pace: { eventAnswer: 2 },
    resolve: async (name) => {
      const address = hosts.get(name);
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
const openAlert = async (title: string, more: object = {}) => {
  const { body } = await story.send({ title, severity: "HIGH", logTypes: ["Webhook"], ...more });
  return body.results[0].alertId as string;
};
const changeAlert = (id: string, body: object) => created(story.api("PATCH", `/alerts/${id}`, body));
const expectAccepted = (timeout = 10_000) =>
  expect.poll(() => receiver.accepted.map(({ body }) => body.change?.kind ?? body.event), { timeout });
/** Lets the wait before the next attempt pass. */
const nextAttempt = () => story.pass("2 seconds");
const stateOf = async () => (await story.api("GET", `/destinations/${destination.id}`)).body.state;
const deliveryOf = async (alertId: string, destinationId = destination.id) => {
  const { body } = await story.api("GET", `/alerts/${alertId}/deliveries`);
  return body.results.find((delivery: { destinationId: string }) => delivery.destinationId === destinationId);
};

test("an opened alert arrives in Panther's format, signed, with the configured headers", async () => {
  const alertId = await openAlert("Impossible travel", { context: { user: "eve@acme.example" } });
  await expectAccepted().toEqual(["alert.opened"]);
  const [event] = receiver.accepted;
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
  expect(event && hasValidSignature(event, destination.secret)).toBe(true);
  expect(event && hasValidSignature(event, "another secret")).toBe(false);
  await expect.poll(() => deliveryOf(alertId)).toMatchObject({ state: "sent", tries: [{ outcome: "sent" }] });
});

test("each change arrives as its own event, in order, with the alert's state at that time", async () => {
  receiver.next({ status: 500 });
  const alertId = await openAlert("Changed step by step");
  await changeAlert(alertId, { status: "TRIAGED" });
  await changeAlert(alertId, { assignee: "grace@acme.example" });
  await changeAlert(alertId, { comment: "Looks like a VPN" });
  await changeAlert(alertId, { status: "RESOLVED", comment: "It was", disposition: "BENIGN" });
  await changeAlert(alertId, { disposition: "FALSE_POSITIVE", tags: ["vpn"] });
  await nextAttempt();
  await expectAccepted().toEqual([
    "alert.opened",
    "status_changed",
    "assigned",
    "commented",
    "status_changed",
    "disposition_changed",
    "tags_changed",
  ]);
  const bodies = receiver.accepted.map(({ body }) => body);
  const states = bodies.map(({ status, version, assignee, disposition, tags }) => {
    return [status, version, assignee?.name, disposition, ...tags];
  });
  expect(states).toEqual([
    ["OPEN", 1, undefined, null],
    ["TRIAGED", 2, undefined, null],
    ["TRIAGED", 3, "Grace", null],
    ["TRIAGED", 3, "Grace", null],
    ["RESOLVED", 4, "Grace", "BENIGN"],
    ["RESOLVED", 4, "Grace", "FALSE_POSITIVE"],
    ["RESOLVED", 4, "Grace", "FALSE_POSITIVE", "vpn"],
  ]);
  expect(bodies[4]?.change).toMatchObject({
    sentence: "Story resolved the alert as Benign (expected) activity: It was",
    actor: { type: "token" },
    data: { from: "TRIAGED", to: "RESOLVED", comment: "It was" },
  });
  expect(new Set(bodies.map(({ eventId }) => eventId)).size).toBe(7);
});

test("a destination without changes gets only the opening, with the alert's current state", async () => {
  await created(story.api("PATCH", `/destinations/${destination.id}`, { changes: false }));
  receiver.next({ status: 500 });
  const alertId = await openAlert("Resolved on its way");
  await changeAlert(alertId, { status: "RESOLVED" });
  await nextAttempt();
  await expectAccepted().toEqual(["alert.opened"]);
  expect(receiver.accepted[0]?.body.status).toBe("RESOLVED");
  await changeAlert(alertId, { status: "OPEN" });
  await openAlert("The next one");
  await expectAccepted().toEqual(["alert.opened", "alert.opened"]);
});

test("an event is retried with the same id after a 500, a 429 and a cut connection", async () => {
  receiver.next({ status: 500 }, { status: 429, headers: { "retry-after": "1" } }, "cut");
  const alertId = await openAlert("In the end it arrives");
  // They wait up to 1, 1 and 4 seconds.
  for (const seconds of [2, 2, 5] as const) await story.pass(`${seconds} seconds`);
  await expectAccepted().toEqual(["alert.opened"]);
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

test("a receiver that hangs times out and is retried without delaying others", async () => {
  const quick = await startReceiver();
  const other = await webhook({ url: quick.url });
  receiver.next("hang");
  const alertId = await openAlert("One hangs");
  await expect.poll(() => quick.accepted.length).toBe(1);
  await nextAttempt();
  await expectAccepted().toEqual(["alert.opened"]);
  expect((await deliveryOf(alertId)).tries[0]).toMatchObject({ outcome: "retry", error: "timeout" });
  await story.api("DELETE", `/destinations/${other.id}`);
  await quick.close();
});

test.each([
  [401, /Check the headers/],
  [404, /Check the address/],
  [410, /permanently gone.*new address/],
])(
  "a %i holds waiting events, shows a remedy, and releases the events after the repair",
  async (status, remedy) => {
    receiver.always({ status });
    const alertId = await openAlert(`Held ${status}`);
    await expect.poll(stateOf).toMatchObject({
      kind: "needs_attention",
      fault: `http_${status}`,
      remedy: expect.stringMatching(remedy),
    });
    await expect.poll(() => deliveryOf(alertId)).toMatchObject({ state: "held" });
    await changeAlert(alertId, { status: "TRIAGED" });
    receiver.always({ status: 204 });
    await created(story.api("PATCH", `/destinations/${destination.id}`, { headers: { authorization: "" } }));
    await expectAccepted().toEqual(["alert.opened", "status_changed"]);
    expect(receiver.accepted[0]?.headers.authorization).toBe("Bearer of the receiver");
    await expect.poll(stateOf).toEqual({ kind: "ok" });
  },
);

test("an HTTP redirect is not followed", async () => {
  receiver.always({ status: 307, headers: { location: receiver.url } });
  await openAlert("Sent elsewhere");
  await expect.poll(stateOf).toMatchObject({ fault: "redirected" });
  expect(receiver.received).toHaveLength(1);
});

test("a host that resolves to a private address is refused at setup and at each connection", async () => {
  hosts.set("evil.example", "169.254.169.254");
  const settings = { type: "custom-webhook", displayName: "Evil", severities: ["LOW"], alertTypes: ["RULE"] };
  const make = (url: string) =>
    story.api("POST", "/destinations", { ...settings, logTypes: [], timezone: "UTC", url });
  for (const url of ["https://evil.example/", "https://[::1]/", "https://10.0.0.1/", "https://2130706434/"]) {
    expect(await make(url)).toMatchObject({
      status: 400,
      body: { errors: [{ field: "url", detail: expect.stringContaining("private address") }] },
    });
  }
  hosts.set("rebinding.example", "93.184.215.14");
  const moved = { url: "https://rebinding.example/", headers: {}, secret: "of rebinding.example" };
  await created(story.api("PATCH", `/destinations/${destination.id}`, moved));
  hosts.set("rebinding.example", "127.0.0.2");
  await openAlert("Never to a neighbour");
  await expect.poll(stateOf).toMatchObject({ fault: "private_address" });
  expect(receiver.received).toEqual([]);
});

test("stored headers and secrets don't follow an address to another origin", async () => {
  const thief = await startReceiver();
  const change = (body: object) => story.api("PATCH", `/destinations/${destination.id}`, body);
  const mine = { secret: "of the new receiver" };
  const refusals: [object, string][] = [
    [{ url: thief.url }, "headers"],
    [{ url: thief.url, ...mine }, "headers"],
    [{ url: thief.url, ...mine, headers: { Authorization: "" } }, "headers"],
    [{ url: thief.url, headers: {} }, "secret"],
    [{ url: thief.url, headers: {}, secret: "" }, "secret"],
  ];
  for (const [body, field] of refusals) {
    expect(await change(body), JSON.stringify(body)).toMatchObject({
      status: 400,
      body: { errors: [{ field, detail: expect.stringContaining("is only sent to the old one") }] },
    });
  }
  await openAlert("Not to a thief");
  await expectAccepted().toEqual(["alert.opened"]);
  expect(thief.received).toEqual([]);
  await created(change({ url: thief.url, ...mine, headers: { Authorization: "Bearer of the new" } }));
  await openAlert("To the new receiver");
  await expect.poll(() => thief.accepted.length, { timeout: 10_000 }).toBe(1);
  const [event] = thief.accepted;
  expect(event?.headers.authorization).toBe("Bearer of the new");
  expect(event && hasValidSignature(event, mine.secret)).toBe(true);
  await thief.close();
});

test("an event whose response was lost is sent again with the same id", async () => {
  receiver.next("cut");
  await openAlert("Maybe twice");
  await nextAttempt();
  await expectAccepted().toEqual(["alert.opened"]);
  const ids = receiver.received.map(({ body }) => body.eventId);
  expect(ids).toEqual([ids[0], ids[0]]);
});

test("a re-send is a new event, and later changes still follow", async () => {
  const alertId = await openAlert("Once more");
  await expectAccepted().toEqual(["alert.opened"]);
  await expect.poll(() => deliveryOf(alertId)).toMatchObject({ state: "sent" });
  await created(story.api("POST", `/alerts/${alertId}/deliveries`, { destinationId: destination.id }));
  await expectAccepted().toEqual(["alert.opened", "alert.opened"]);
  await changeAlert(alertId, { status: "TRIAGED" });
  await expectAccepted().toEqual(["alert.opened", "alert.opened", "status_changed"]);
  expect(new Set(receiver.accepted.map(({ body }) => body.eventId)).size).toBe(3);
});

test("waiting events end as not delivered when their destination is deleted", async () => {
  receiver.always({ status: 500 });
  const alertId = await openAlert("Nobody hears of it");
  await expect.poll(() => receiver.received.length).toBeGreaterThan(0);
  await story.api("DELETE", `/destinations/${destination.id}`);
  await expect.poll(async () => (await deliveryOf(alertId)).state, { timeout: 10_000 }).toBe("not_delivered");
});

test("a disabled destination gets no events, and gets all of them once it is enabled again", async () => {
  const alertId = await openAlert("Paused");
  await expectAccepted().toEqual(["alert.opened"]);
  await created(story.api("PATCH", `/destinations/${destination.id}`, { enabled: false }));
  await changeAlert(alertId, { status: "TRIAGED" });
  await changeAlert(alertId, { status: "RESOLVED" });
  await created(story.api("PATCH", `/destinations/${destination.id}`, { enabled: true }));
  await expectAccepted().toEqual(["alert.opened", "status_changed", "status_changed"]);
});

test("the webhook gets its alerts while Slack is down", async () => {
  const faults = [
    { method: "chat.postMessage", times: 1000, what: { kind: "status", status: 503 } as const },
  ];
  await story.slack.ask("faults", { faults });
  const alertId = await openAlert("Slack is away");
  await expectAccepted().toEqual(["alert.opened"]);
  expect((await deliveryOf(alertId, story.destination.id)).state).not.toBe("sent");
  await story.slack.ask("faults", { faults: [] });
});

test("a test event is marked as a test, and a refusal by the receiver is shown with a remedy", async () => {
  expect((await story.api("POST", `/destinations/${destination.id}/welcome`)).status).toBe(204);
  expect(receiver.accepted[0]?.body).toMatchObject({
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
