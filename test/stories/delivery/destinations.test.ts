import { afterAll, beforeAll, expect, test } from "vitest";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory();
});
afterAll(() => story.close());

const platform = (more: object = {}) =>
  created(
    story.api("POST", "/destinations", {
      type: "slack-bot",
      displayName: "Platform",
      channel: "#platform",
      severities: ["LOW"],
      alertTypes: ["RULE"],
      logTypes: ["Platform"],
      timezone: "UTC",
      ...more,
    }),
  );
const report = (title: string) => ({ title, severity: "LOW", logTypes: ["Platform"] });
const deliveryTo = async (alertId: string, destinationId: string) => {
  const { body } = await story.api("GET", `/alerts/${alertId}`);
  return body.deliveries.find(
    (delivery: { destinationId: string }) => delivery.destinationId === destinationId,
  );
};

test("an alert is held while the bot is not in the channel, and released when it is invited", async () => {
  const destination = await platform({ displayName: "Random", channel: "#random", logTypes: ["Random"] });
  expect(destination.state).toMatchObject({ kind: "needs_attention", fault: "not_in_channel" });
  const { body } = await story.send({ title: "Held", severity: "LOW", logTypes: ["Random"] });
  const { alertId } = body.results[0];
  await expect
    .poll(() => deliveryTo(alertId, destination.id), { timeout: 10_000 })
    .toMatchObject({ state: "held" });
  await story.slack.channel("#random").say("/invite @Tocsin", { as: "grace" });
  await story.slack.channel("#random").expectCard("Held");
  await story.slack.channel("#random").expectMessage("Alerts for “Random” will be posted in this channel");
  await expect
    .poll(() => deliveryTo(alertId, destination.id), { timeout: 10_000 })
    .toMatchObject({ state: "sent", permalink: expect.stringContaining("https://") });
  const { body: now } = await story.api("GET", `/destinations/${destination.id}`);
  expect(now.state).toEqual({ kind: "ok" });

  await story.slack.ask("setChannel", { channel: "random", withApp: false });
  await story.slack.channel("#random").say("/invite @Tocsin", { as: "grace" });
  await story.tocsin.idle();
  const lines = (await story.slack.channel("#random").messages()).filter(({ text }) =>
    text.includes("will be posted in"),
  );
  expect(lines).toHaveLength(1);
});

test("a channel shared with another organisation must be confirmed before anything goes to it", async () => {
  const destination = await platform({ displayName: "Moving", channel: "#security" });
  await story.slack.ask("shareChannel", { channel: "platform" });
  const move = (more: object) =>
    story.api("PATCH", `/destinations/${destination.id}`, { channel: "#platform", ...more });
  const refused = await move({});
  expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: "channel" }] } });
  expect(refused.body.detail).toMatch(/shared with another organisation.* confirmChannel: true/);
  await expect(platform({ displayName: "Another" })).rejects.toThrow("shared with another organisation");
  await created(move({ confirmChannel: true }));
  // The destination is already in that channel, so no confirmation is needed.
  expect(await created(move({ displayName: "Moved" }))).toMatchObject({ channel: { name: "platform" } });
  await story.slack.ask("unshareChannel", { channel: "platform" });
  await created(story.api("DELETE", `/destinations/${destination.id}`));
});

test("a test alert goes only to its destination and is resolved from the start", async () => {
  const destination = await platform({ displayName: "Tried", severities: ["CRITICAL"] });
  const sent = await created(story.api("POST", `/destinations/${destination.id}/test-alert`));
  await story.slack.channel("#platform").expectCard("Test alert for Tried");
  const { body } = await story.api("GET", `/alerts/${sent.alertId}`);
  expect(body).toMatchObject({ number: sent.number, severity: "INFO", status: "RESOLVED" });
  expect(body.deliveries).toMatchObject([{ destinationId: destination.id }]);
  await story.api("PATCH", `/destinations/${destination.id}`, { enabled: false });
  const refused = await story.api("POST", `/destinations/${destination.id}/test-alert`);
  expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringContaining("is disabled") } });
  await created(story.api("DELETE", `/destinations/${destination.id}`));
});

test("deleting a destination adds a note to its cards and ends its waiting deliveries", async () => {
  const destination = await platform();
  const { body } = await story.send(report("To be frozen"));
  const card = await story.slack.channel("#platform").expectCard("To be frozen");
  await story.slack.ask("faults", {
    faults: [
      {
        method: "chat.postMessage",
        channel: "#platform",
        times: 50,
        what: { kind: "error", error: "internal_error" },
      },
    ],
  });
  const waiting = await story.send(report("Still waiting"));
  await story.api("DELETE", `/destinations/${destination.id}`);
  await card.expectText("no longer kept up to date");
  await expect
    .poll(async () => (await deliveryTo(waiting.body.results[0].alertId, destination.id)).state, {
      timeout: 10_000,
    })
    .toBe("not_delivered");
  await story.api("PATCH", `/alerts/${body.results[0].alertId}`, { status: "RESOLVED" });
  await story.tocsin.idle();
  expect(await card.text()).not.toContain("Resolved");
  await story.slack.ask("faults", { faults: [] });
});

test("a card whose post is under way when its destination is deleted gets the note too", async () => {
  const destination = await platform();
  const held = { method: "chat.postMessage", channel: "#platform", what: { kind: "held" } } as const;
  await story.slack.ask("faults", { faults: [held] });
  const channel = story.slack.channel("#platform");
  await story.send(report("Deleted on its way"));
  await expect.poll(async () => JSON.stringify(await channel.messages())).toContain("Deleted on its way");
  await story.api("DELETE", `/destinations/${destination.id}`);
  await story.slack.ask("release", {});
  const card = await channel.expectCard("Deleted on its way");
  await card.expectText("no longer kept up to date");
});

test("blocks that Slack refuses are simplified and sent again, as the attempts show", async () => {
  await story.slack.ask("faults", {
    faults: [
      {
        method: "chat.postMessage",
        channel: "#security",
        times: 2,
        what: { kind: "error", error: "invalid_blocks" },
      },
    ],
  });
  const { body } = await story.send({ title: "Refused blocks", severity: "HIGH" });
  await expect
    .poll(async () => (await deliveryTo(body.results[0].alertId, story.destination.id)).state, {
      timeout: 10_000,
    })
    .toBe("sent");
  const { body: deliveries } = await story.api("GET", `/alerts/${body.results[0].alertId}/deliveries`);
  expect(deliveries.results[0].tries.map((one: { outcome: string }) => one.outcome)).toEqual([
    "simplify",
    "simplify",
    "sent",
  ]);
});

test("a 429 pauses only its channel, for the time that Slack names", async () => {
  await platform({ displayName: "Platform 2", logTypes: ["Platform2"] });
  await story.slack.ask("faults", {
    faults: [
      {
        method: "chat.postMessage",
        channel: "#security",
        what: { kind: "status", status: 429, retryAfter: 3 },
      },
    ],
  });
  await story.send([
    { title: "Limited", severity: "HIGH" },
    { title: "Not limited", severity: "LOW", logTypes: ["Platform2"] },
  ]);
  await story.slack.channel("#platform").expectCard("Not limited");
  await story.slack.channel("#security").expectNoCard("Limited");
  await story.pass("3 seconds");
  await story.slack.channel("#security").expectCard("Limited");
});

test("a click changes nothing and says so when Slack can't say who clicked", async () => {
  await story.send({ title: "Who was it", severity: "HIGH" });
  const card = await story.slack.channel("#security").expectCard("Who was it");
  await story.slack.ask("faults", {
    faults: [{ method: "users.info", what: { kind: "status", status: 500 } }],
  });
  await card.choose("Status", "Triaged", { as: "grace" });
  await story.slack.expectPrivately("grace", "(http_500). Nothing was changed; please try again");
  await card.expectShown("Status", "Open", { as: "grace" });
  await card.choose("Status", "Triaged", { as: "grace" });
  await card.expectReply("Grace triaged the alert");
});
