import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Receiver, startReceiver } from "../../receiver.ts";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
let receiver: Receiver;
let webhook: { id: string };
/** Whether the DNS of the story knows the receiver's host. */
let known = true;
let url: string;

beforeAll(async () => {
  receiver = await startReceiver();
  story = await startStory({
    env: { WEBHOOK_ALLOW_PRIVATE: "127.0.0.1" },
    resolve: async () => {
      if (!known) throw Object.assign(new Error("not found"), { code: "ENOTFOUND" });
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
  await expect.poll(faults, patient).toEqual([]);
});

const patient = { timeout: 15_000 };
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
/** Looks after each five minutes, within which a held line is tried again. */
const overTime =
  <T>(look: () => T | Promise<T>) =>
  async () => {
    await story.pass("5 minutes");
    await story.tocsin.idle();
    return look();
  };
const takenTitles = () => receiver.taken.map(({ body }) => body.title);
const host = () => new URL(url).host;

test.each([401, 410])(
  "a webhook that answers %i is told of in Slack and on the banner, once, and goes on by itself when it is well",
  async (status) => {
    const title = `Alerts can't go out to ${host()}`;
    const before = (await alertsAbout(title)).length;
    receiver.always({ status });
    const held = [await send(`First ${status}`), await send(`Second ${status}`)];
    await expect.poll(faults, patient).toMatchObject([
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
    await expect.poll(() => Promise.all(held.map((id) => stateOf(id))), patient).toEqual(["held", "held"]);
    const [alert] = await alertsAbout(title);
    expect(await alertsAbout(title)).toHaveLength(before + 1);
    expect(await stateOf(alert?.id ?? "")).toBe("not sent there");

    receiver.always({ status: 204 });
    await expect
      .poll(overTime(takenTitles), patient)
      .toEqual(expect.arrayContaining([`First ${status}`, `Second ${status}`]));
    const history = async () => (await story.api("GET", `/alerts/${alert?.id}/history`)).body.results;
    const sentence = `Tocsin resolved the alert: ${host()} works again`;
    await expect.poll(history, patient).toContainEqual(expect.objectContaining({ sentence }));
    await story.slack.channel("#security").expectCard(`Resolved: ${title}`);
  },
);

test("a host that no name server knows any more needs somebody as well, and is found again by itself", async () => {
  known = false;
  const waiting = await send("For a host that is gone");
  await expect
    .poll(
      overTime(() => stateOf(waiting)),
      patient,
    )
    .toBe("held");
  await expect.poll(faults, patient).toMatchObject([
    {
      fault: "enotfound",
      remedy: expect.stringContaining("Check the address"),
      alert: { number: expect.any(Number) },
    },
  ]);
  known = true;
  await expect
    .poll(
      overTime(() => stateOf(waiting)),
      patient,
    )
    .toBe("sent");
});

test("when Slack is what is broken, the webhook is told of it", async () => {
  await story.slack.ask("setApp", { state: "token_revoked" });
  const title = "Alerts can't go out to Slack (ACME)";
  const heard = () => receiver.taken.filter(({ body }) => body.title === title).map(({ body }) => body);
  await story.pass("1 minute");
  await expect
    .poll(heard, patient)
    .toMatchObject([{ event: "alert.opened", type: "SYSTEM_ERROR", severity: "CRITICAL", status: "OPEN" }]);
  await story.slack.ask("setApp", { state: "installed" });
  await created(story.api("PUT", "/slack/app", { mode: "http", botToken: story.slack.app.botToken }));
  await expect.poll(async () => (await alertsAbout(title))[0]?.status, patient).toBe("RESOLVED");
});
