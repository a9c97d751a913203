import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Receiver, startReceiver } from "../../receiver.ts";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
let receiver: Receiver;
let webhook: { id: string };
/** Whether the test's DNS resolves the receiver's host. */
let resolvable = true;
let url: string;

beforeAll(async () => {
  receiver = await startReceiver();
  story = await startStory({
    env: { WEBHOOK_ALLOW_PRIVATE: "127.0.0.1" },
    resolve: async () => {
      if (!resolvable) throw Object.assign(new Error("not found"), { code: "ENOTFOUND" });
      return [{ address: "127.0.0.1", family: 4 }];
    },
  });
  url = receiver.url.replace("127.0.0.1", "siem.acme.example");
  const settings = { severities: ["LOW"], alertTypes: ["RULE", "SYSTEM_ERROR"], logTypes: ["SIEM"], url };
  const more = { type: "custom-webhook", displayName: "SIEM", timezone: "UTC" };
  webhook = await created(story.api("POST", "/destinations", { ...settings, ...more }));
});
afterAll(async () => {
  await story.close();
  await receiver.close();
});
afterEach(async () => {
  await expect.poll(faults, longTimeout).toEqual([]);
});

const longTimeout = { timeout: 15_000 };
const faults = async () => (await story.api("GET", "/setup-faults")).body.results;
const send = async (title: string) => {
  const report = { title, severity: "LOW", detection: { id: title }, destinations: ["SIEM"] };
  return (await story.send(report)).body.results[0].alertId as string;
};
const stateOf = async (alertId: string, destinationId = webhook.id): Promise<string> => {
  const { body } = await story.api("GET", `/alerts/${alertId}/deliveries`);
  const found = body.results.find((one: { destinationId: string }) => one.destinationId === destinationId);
  return found?.state ?? "not sent there";
};
const alertsAbout = async (title: string): Promise<{ id: string; status: string }[]> => {
  const { body } = await story.api("GET", "/alerts?type=SYSTEM_ERROR&status=OPEN,TRIAGED,RESOLVED,CLOSED");
  return body.results.filter((alert: { title: string }) => alert.title === title);
};
/** Lets five minutes pass before each look, since held lines are retried every five minutes. */
const afterFiveMinutes =
  <T>(look: () => T | Promise<T>) =>
  async () => {
    await story.pass("5 minutes");
    await story.tocsin.idle();
    return look();
  };
const acceptedTitles = () => receiver.accepted.map(({ body }) => body.title);
const host = () => new URL(url).host;

test.each([401, 410])(
  "a webhook that answers %i raises one alert and a banner, and recovers by itself",
  async (status) => {
    const title = `Alerts can't go out to ${host()}`;
    const before = (await alertsAbout(title)).length;
    receiver.always({ status });
    const held = [await send(`First ${status}`), await send(`Second ${status}`)];
    await expect.poll(faults, longTimeout).toMatchObject([
      {
        title,
        fault: `http_${status}`,
        of: "destinations",
        waiting: 2,
        destinations: [{ id: webhook.id, displayName: "SIEM" }],
        alert: { number: expect.any(Number) },
      },
    ]);
    await story.slack.channel("#security").expectCard(title, { timeoutMs: 10_000 });
    await story.pass("5 minutes");
    await expect
      .poll(() => Promise.all(held.map((id) => stateOf(id))), longTimeout)
      .toEqual(["held", "held"]);
    const [alert] = await alertsAbout(title);
    expect(await alertsAbout(title)).toHaveLength(before + 1);
    expect(await stateOf(alert?.id ?? "")).toBe("not sent there");

    receiver.always({ status: 204 });
    await expect
      .poll(afterFiveMinutes(acceptedTitles), longTimeout)
      .toEqual(expect.arrayContaining([`First ${status}`, `Second ${status}`]));
    const history = async () => (await story.api("GET", `/alerts/${alert?.id}/history`)).body.results;
    const sentence = `Tocsin resolved the alert: ${host()} works again`;
    await expect.poll(history, longTimeout).toContainEqual(expect.objectContaining({ sentence }));
    await story.slack.channel("#security").expectCard(`Resolved: ${title}`);
  },
);

test("a host that does not resolve holds deliveries, which go out once it resolves again", async () => {
  resolvable = false;
  const waiting = await send("For a host that is gone");
  await expect
    .poll(
      afterFiveMinutes(() => stateOf(waiting)),
      longTimeout,
    )
    .toBe("held");
  await expect.poll(faults, longTimeout).toMatchObject([
    {
      fault: "enotfound",
      remedy: expect.stringContaining("Check the address"),
      alert: { number: expect.any(Number) },
    },
  ]);
  resolvable = true;
  await expect
    .poll(
      afterFiveMinutes(() => stateOf(waiting)),
      longTimeout,
    )
    .toBe("sent");
});

test("a webhook gets the alert about a fault of the Slack app", async () => {
  await story.slack.ask("setApp", { state: "token_revoked" });
  const title = "Alerts can't go out to Slack (ACME)";
  const received = () => receiver.accepted.filter(({ body }) => body.title === title).map(({ body }) => body);
  await story.pass("1 minute");
  await expect
    .poll(received, longTimeout)
    .toMatchObject([{ event: "alert.opened", type: "SYSTEM_ERROR", severity: "CRITICAL", status: "OPEN" }]);
  await story.slack.ask("setApp", { state: "installed" });
  await created(story.api("PUT", "/slack/app", { mode: "http", botToken: story.slack.app.botToken }));
  await expect.poll(async () => (await alertsAbout(title))[0]?.status, longTimeout).toBe("RESOLVED");
});

test("the audit log is sent on as it grows, and a receiver that refuses it raises an alert until it is removed", async () => {
  // Its own, since the alert about it goes to the webhook of this story.
  const archive = await startReceiver();
  await created(story.api("PUT", "/audit-log/streams/webhook", { url: archive.url }));
  const sentences = () => archive.accepted.map(({ body }) => body.sentence ?? "");
  await expect
    .poll(sentences, longTimeout)
    .toContainEqual(expect.stringContaining("began to send the audit log"));
  const title = `The audit log can't be sent to ${new URL(archive.url).host}`;
  archive.always({ status: 403 });
  await story.api("PATCH", "/settings", { commentRequired: false });
  await expect
    .poll(faults, longTimeout)
    .toMatchObject([{ title, fault: "http_403", of: "audit-log/streaming" }]);
  await expect.poll(() => alertsAbout(title), longTimeout).toMatchObject([{ status: "OPEN" }]);
  await story.api("DELETE", "/audit-log/streams/webhook");
  await expect.poll(() => alertsAbout(title), longTimeout).toMatchObject([{ status: "RESOLVED" }]);
  await archive.close();
});
