import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { sendEvent } from "../../signed-requests.ts";
import { created, type Story, sendTo, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory();
  await created(story.api("PATCH", `/destinations/${story.destination.id}`, { alertTypes: ["RULE"] }));
  await story.slack.ask("addChannel", { name: "health" });
  await destination("Health", "#health", { alertTypes: ["SYSTEM_ERROR"] });
});
afterAll(() => story.close());
afterEach(async () => {
  await story.slack.ask("faults", { faults: [] });
  await expect.poll(faults, longTimeout).toEqual([]);
});

const longTimeout = { timeout: 15_000 };
const security = () => story.slack.channel("#security");
const healthChannel = () => story.slack.channel("#health");

function destination(displayName: string, channel: string, more: object = {}): Promise<{ id: string }> {
  const severities = ["LOW", "HIGH"];
  const usual = { type: "slack-bot", severities, alertTypes: ["RULE"], logTypes: [], timezone: "UTC" };
  return created(story.api("POST", "/destinations", { ...usual, displayName, channel, ...more }));
}

async function faults() {
  const { body } = await story.api("GET", "/setup-faults");
  return body.results;
}

async function send(title: string, more: object = {}): Promise<string> {
  const { body } = await story.send({ title, severity: "HIGH", detection: { id: title }, ...more });
  return body.results[0].alertId;
}

async function systemAlerts(): Promise<{ id: string; title: string; status: string }[]> {
  const { body } = await story.api("GET", "/alerts?type=SYSTEM_ERROR&status=OPEN,TRIAGED,RESOLVED,CLOSED");
  return body.results;
}

const stateOf = async (alertId: string) =>
  (await story.api("GET", `/alerts/${alertId}`)).body.deliveries[0].state;
const delivered = (alertId: string) => expect.poll(() => stateOf(alertId), longTimeout).toBe("sent");
const refuse = (error: string, channel = "#security", methods = ["chat.postMessage"]) =>
  story.slack.ask("faults", {
    faults: methods.map((method) => ({
      method,
      channel,
      times: 1000,
      what: { kind: "error" as const, error },
    })),
  });
/** Held lines are retried within five minutes. */
async function deliveredAfterRepair(...alertIds: string[]) {
  await story.slack.ask("faults", { faults: [] });
  await story.pass("5 minutes");
  for (const alertId of alertIds) await delivered(alertId);
  // Runs the watch, which ends the fault.
  await story.tocsin.idle();
}

test("an archived channel holds its alerts and alerts another one; unarchiving releases them", async () => {
  await send("Before");
  await security().expectCard("Before");
  await story.slack.ask("setChannel", { channel: "#security", archived: true });
  await healthChannel().expectCard("Alerts can't go out to #security");
  const held = await send("Held by the archive");
  await expect.poll(() => stateOf(held), longTimeout).toBe("held");
  await expect.poll(faults, longTimeout).toMatchObject([
    {
      title: "Alerts can't go out to #security",
      fault: "is_archived",
      of: "destinations",
      waiting: 1,
      remedy: expect.stringContaining("Unarchive it in Slack"),
      destinations: [{ id: story.destination.id, displayName: "Security" }],
      alert: { number: expect.any(Number) },
    },
  ]);
  await story.slack.ask("setChannel", { channel: "#security", archived: false });
  await delivered(held);
  await healthChannel().expectCard("Resolved: Alerts can't go out to #security");
  const [alert] = await systemAlerts();
  const { body } = await story.api("GET", `/alerts/${alert?.id}/history`);
  expect(body.results).toContainEqual(
    expect.objectContaining({
      sentence: "Tocsin resolved the alert: Slack works again in #security",
      actor: { type: "system", id: null, name: "Tocsin" },
      via: "system",
    }),
  );
});

const found = (title: string) => async () => (await systemAlerts()).filter((alert) => alert.title === title);
const channelTitle = "Alerts can't go out to #security";
const appTitle = "Alerts can't go out to Slack (ACME)";
const routeOf = async (alertId: string | undefined) =>
  (await story.api("GET", `/alerts/${alertId}/history`)).body.results[0].sentence;

test("removing the bot from its channel is noticed at once, and an invitation repairs it", async () => {
  await security().say("/remove @Tocsin", { as: "grace" });
  const alert = { number: expect.any(Number) };
  await expect.poll(faults, longTimeout).toMatchObject([{ fault: "not_in_channel", waiting: 0, alert }]);
  const held = await send("Held until invited");
  await expect.poll(() => stateOf(held), longTimeout).toBe("held");
  await security().say("/invite @Tocsin", { as: "grace" });
  await delivered(held);
  await expect.poll(faults, longTimeout).toEqual([]);
});

test.each([
  ["restricted_action", "destinations", channelTitle],
  ["app_access_restricted", "slack-app", appTitle],
])(
  "%s holds deliveries, raises one alert, and ends when Slack accepts a message again",
  async (code, of, title) => {
    const before = (await found(title)()).length;
    await refuse(code);
    const [first, second] = [await send(`${code} one`), await send(`${code} two`)];
    await expect
      .poll(faults, longTimeout)
      .toMatchObject([{ fault: code, of, title, alert: { number: expect.any(Number) } }]);
    await deliveredAfterRepair(first, second);
    await expect.poll(async () => (await found(title)())[0]?.status, longTimeout).toBe("RESOLVED");
    expect(await found(title)()).toHaveLength(before + 1);
  },
);

test("a revoked token raises one alert, which is not sent to Slack, until a new token is saved", async () => {
  const second = await destination("Security too", "#security");
  await story.slack.ask("setApp", { state: "token_revoked" });
  await expect
    .poll(faults, longTimeout)
    .toMatchObject([{ fault: "token_revoked", of: "slack-app", destinations: { length: 3 } }]);
  const held = await send("Held by the token");
  await expect.poll(() => stateOf(held), longTimeout).toBe("held");
  const [alert] = await found(appTitle)();
  expect(await routeOf(alert?.id)).toContain(
    "Not routed because every matching destination has the same fault; Health has the same fault",
  );
  await story.slack.ask("setApp", { state: "installed" });
  const { botToken } = story.slack.app;
  await created(story.api("PUT", "/slack/app", { mode: "http", botToken }));
  await delivered(held);
  const history = async () => (await story.api("GET", `/alerts/${alert?.id}/history`)).body.results;
  await expect
    .poll(history, longTimeout)
    .toContainEqual(expect.objectContaining({ sentence: "Tocsin resolved the alert: Slack works again" }));
  await story.api("DELETE", `/destinations/${second.id}`);
});

test("the check each minute finds a missing scope that no event reported", async () => {
  const { scopes } = await story.slack.ask("setApp", {});
  const check = () => story.pass("1 minute");
  await story.slack.ask("setApp", { scopes: scopes.filter((scope) => scope !== "users:read.email") });
  await check();
  await expect.poll(faults, longTimeout).toMatchObject([
    {
      fault: "missing_scope",
      title: "Tocsin lacks permissions in Slack (ACME)",
      remedy: expect.stringContaining("not granted users:read.email"),
    },
  ]);
  await delivered(await send("Goes out all the same"));
  await story.slack.ask("setApp", { scopes: [...scopes] });
  await check();
});

test("a setup alert that can't be delivered raises no other alert, and both faults are shown", async () => {
  await refuse("restricted_action", "#health");
  const before = (await systemAlerts()).length;
  await story.slack.ask("setChannel", { channel: "#security", archived: true });
  const held = await send("Held, and its alert held too");
  const both = [
    { title: channelTitle },
    { title: "Alerts can't go out to #health", alert: null, waiting: 1 },
  ];
  await expect.poll(faults, longTimeout).toMatchObject(both);
  expect(await systemAlerts()).toHaveLength(before + 1);
  await story.slack.ask("setChannel", { channel: "#security", archived: false });
  await deliveredAfterRepair(held);
  await expect.poll(faults, longTimeout).toEqual([]);
  expect(await systemAlerts()).toHaveLength(before + 1);
});

test("an outage of Slack is not a setup fault and raises no alert", async () => {
  const before = (await systemAlerts()).length;
  const away = { method: "*", times: 1000, what: { kind: "status", status: 503 } } as const;
  await story.slack.ask("faults", { faults: [away] });
  const waiting = await send("Waits for Slack");
  const tries = async () => (await story.api("GET", `/alerts/${waiting}/deliveries`)).body.results[0].tries;
  await expect.poll(async () => (await tries()).length, longTimeout).toBeGreaterThan(0);
  await story.pass("2 seconds");
  await expect.poll(async () => (await tries()).length, longTimeout).toBeGreaterThan(1);
  expect(await stateOf(waiting)).toBe("waiting");
  expect(await faults()).toEqual([]);
  await deliveredAfterRepair(waiting);
  expect(await systemAlerts()).toHaveLength(before);
});

test("a destination follows its channel when it is renamed or gets another id", async () => {
  const { id: channelId } = await story.slack.ask("addChannel", { name: "moving" });
  const moving = await destination("Moving", "#moving", { logTypes: ["Moving"] });
  const channel = async () => (await story.api("GET", `/destinations/${moving.id}`)).body.channel;
  await sendEvent(story, { type: "channel_rename", channel: { id: channelId, name: "moved" } });
  await expect.poll(channel, longTimeout).toEqual({ id: channelId, name: "moved" });
  const { id: other } = await story.slack.ask("addChannel", { name: "moved-on" });
  const ids = { old_channel_id: channelId, new_channel_id: other };
  await sendEvent(story, { type: "channel_id_changed", ...ids });
  await expect.poll(async () => (await channel()).id, longTimeout).toBe(other);
  await send("Follows its channel", { logTypes: ["Moving"] });
  await story.slack.channel("#moved-on").expectCard("Follows its channel");
  await story.api("DELETE", `/destinations/${moving.id}`);
});

test("the fault of a deleted channel ends when its destination gets another channel", async () => {
  const { id: channelId } = await story.slack.ask("addChannel", { name: "gone" });
  const going = await destination("Going", "#gone", { logTypes: ["Going"] });
  await delivered(
    await send("Before it goes", { logTypes: ["Going"], severity: "LOW", destinations: ["Going"] }),
  );
  // Else a check of the app, which looks at broken channels, would find that nothing is wrong.
  await refuse("channel_not_found", "#gone", ["chat.postMessage", "conversations.info"]);
  await sendEvent(story, { type: "channel_deleted", channel: channelId });
  await expect.poll(faults, longTimeout).toMatchObject([{ title: "Alerts can't go out to #gone" }]);
  await expect.poll(found("Alerts can't go out to #gone"), longTimeout).toHaveLength(1);
  const held = await send("Held by a deleted channel", { destinations: ["Going"] });
  await expect.poll(() => stateOf(held), longTimeout).toBe("held");
  await story.slack.ask("addChannel", { name: "instead" });
  await created(story.api("PATCH", `/destinations/${going.id}`, { channel: "#instead" }));
  await delivered(held);
  await expect.poll(faults, longTimeout).toEqual([]);
  const [alert] = await found("Alerts can't go out to #gone")();
  const sentence = "Tocsin resolved the alert: No destination uses #gone any more";
  const history = async () => (await story.api("GET", `/alerts/${alert?.id}/history`)).body.results;
  await expect.poll(history, longTimeout).toContainEqual(expect.objectContaining({ sentence }));
});

test("what Slack answered before a channel was deleted doesn't end the fault", async () => {
  const { id: channel } = await story.slack.ask("addChannel", { name: "late" });
  const late = await destination("Late", "#late", { logTypes: ["Late"] });
  const gone = { kind: "error", error: "channel_not_found" } as const;
  const held = { method: "conversations.info", what: { kind: "held" } } as const;
  const checked = async () =>
    (await story.slack.ask("log", { direction: "app to Slack", contains: channel })).filter(
      ({ what }) => what === "conversations.info",
    ).length;

  const checks = await checked();
  const isGone = { method: "conversations.info", channel, times: 1000, what: gone };
  await story.slack.ask("faults", { faults: [held, isGone] });
  await sendEvent(story, { type: "channel_unarchive", channel });
  await expect.poll(checked).toBe(checks + 1);
  await sendEvent(story, { type: "channel_deleted", channel });
  // Tocsin acknowledges an event before it handles it.
  await expect.poll(faults).toMatchObject([{ fault: "channel_deleted" }]);
  await story.slack.ask("release", {});
  await expect.poll(checked).toBe(checks + 2);
  await story.tocsin.idle();
  expect(await faults()).toMatchObject([{ fault: "channel_deleted" }]);

  const slow = { method: "chat.postMessage", what: { kind: "slow", ms: 700 } } as const;
  await story.slack.ask("faults", { faults: [slow, isGone] });
  await created(story.api("POST", `/destinations/${late.id}/welcome`));
  expect(await faults()).toEqual([]);
  await story.api("DELETE", `/destinations/${late.id}`);
});

test("the history shows that waiting deliveries of a deleted destination are not delivered", async () => {
  await story.slack.ask("addChannel", { name: "doomed" });
  const doomed = await destination("Doomed", "#doomed", { logTypes: ["Doomed"] });
  await refuse("not_in_channel", "#doomed");
  const held = await send("Never delivered", { destinations: ["Doomed"] });
  await expect.poll(() => stateOf(held), longTimeout).toBe("held");
  await story.api("DELETE", `/destinations/${doomed.id}`);
  await expect.poll(() => stateOf(held), longTimeout).toBe("not_delivered");
  const { body } = await story.api("GET", `/alerts/${held}/history`);
  expect(body.results.at(-1).sentence).toBe("Not delivered to Doomed: destination deleted");
});

test("a source that falls silent, or can't be read, raises one alert that ends by itself", async () => {
  const source = await created(story.api("POST", "/sources", { kind: "native", name: "Sensor" }));
  const found = async (title: string) => {
    await story.tocsin.idle();
    return (await systemAlerts()).filter((alert) => alert.title === title).map(({ status }) => status);
  };
  const sends = (body: object) => sendTo(source, body, story.origin);
  const good = { title: "Door open", severity: "LOW" };
  await created(story.api("PATCH", `/sources/${source.id}`, { attention: { noDataHours: 1 } }));
  for (let n = 0; n < 8; n++) {
    if (n > 0) await story.pass("55 minutes");
    await sends(good);
  }
  const silent = () => found("Sensor has stopped sending");
  expect(await silent()).toEqual([]);
  await story.pass("1 hour");
  expect(await silent()).toEqual(["OPEN"]);
  await story.pass("5 hours");
  expect(await silent()).toEqual(["OPEN"]);
  await sends(good);
  expect(await silent()).toEqual(["RESOLVED"]);

  const unreadable = () => found("Tocsin can't read what Sensor sends");
  await sends({ severity: "LOW", n: 1 });
  await sends({ severity: "LOW", n: 2 });
  expect(await unreadable()).toEqual([]);
  await sends({ severity: "LOW", n: 3 });
  expect(await unreadable()).toEqual(["OPEN"]);
  await sends(good);
  expect(await unreadable()).toEqual(["OPEN"]);
  await sends(good);
  expect(await unreadable()).toEqual(["RESOLVED"]);
});
