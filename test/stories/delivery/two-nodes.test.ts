import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "../../../bench/server/free-port.ts";
import { type ServerProcess, serverProcess } from "../../../bench/server/server-process.ts";
import { type Arranged, setUp } from "../../../bench/server/setup.ts";
import { startSimulator } from "../../../simulator/start.ts";
import { cloneDatabase, type TestDatabase } from "../../database.ts";
import { type Receiver, startReceiver } from "../../receiver.ts";

const root = join(import.meta.dirname, "../../..");
let clone: TestDatabase;
let slack: Awaited<ReturnType<typeof startSimulator>>;
let nodes: { origin: string; process: ServerProcess }[];
let arranged: Arranged;
let receiver: Receiver;

beforeAll(async () => {
  clone = await cloneDatabase();
  slack = await startSimulator({ port: 0, rateLimits: false });
  const env = {
    DATABASE_URL: clone.url,
    SECRET_KEY: randomBytes(32).toString("hex"),
    SLACK_API_URL: slack.apiUrl,
    WEBHOOK_ALLOW_PRIVATE: "127.0.0.1",
  };
  nodes = await Promise.all(
    [1, 2].map(async () => {
      const port = await freePort();
      return { origin: `http://127.0.0.1:${port}`, process: serverProcess(root, { port, env }) };
    }),
  );
  await Promise.all(nodes.map((node) => node.process.start()));
  const origin = nodes[0]?.origin ?? "";
  const slackOrigin = new URL(slack.apiUrl).origin;
  const { api, ...made } = await setUp(root, {
    origin,
    slack: { origin: slackOrigin, ...slack },
    env,
    count: 1,
  });
  arranged = made;
  receiver = await startReceiver();
  const takes = { severities: ["HIGH"], alertTypes: ["RULE"], logTypes: ["Webhook"], timezone: "UTC" };
  await api("POST", "/destinations", {
    type: "custom-webhook",
    displayName: "SIEM",
    url: receiver.url,
    ...takes,
  });
}, 120_000);

afterAll(async () => {
  await Promise.all(nodes.map((node) => node.process.stop()));
  await slack.close();
  await receiver.close();
  await clone.drop();
});

const send = async (node: number, report: object) => {
  const url = `${nodes[node]?.origin}${new URL(arranged.ingestUrl).pathname}`;
  const headers = { "x-api-key": arranged.key, "content-type": "application/json" };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(report) });
  return (await answer.json()).results[0];
};

test("many identical reports at once, to two processes, make one alert and one card", async () => {
  const report = { title: "Everywhere at once", severity: "HIGH", logTypes: ["Load.0"] };
  const results = await Promise.all(Array.from({ length: 60 }, (_, n) => send(n % 2, report)));
  expect(results.filter((result) => result.outcome === "opened")).toHaveLength(1);
  expect(new Set(results.map((result) => result.alertId)).size).toBe(1);
  await slack.channel(arranged.channels[0]?.id ?? "").expectCard("Everywhere at once");
  const cards = await slack.channel(arranged.channels[0]?.id ?? "").messages();
  expect(cards).toHaveLength(1);
});

test("a node that is killed is replaced by the other within seconds", async () => {
  const channel = slack.channel(arranged.channels[0]?.id ?? "");
  await Promise.all(
    Array.from({ length: 4 }, (_, n) =>
      send(0, { title: `Left behind ${n}`, severity: "HIGH", logTypes: ["Load.0"] }),
    ),
  );
  await nodes[0]?.process.kill();
  for (let n = 0; n < 4; n++) await channel.expectCard(`Left behind ${n}`, { timeoutMs: 15_000 });
});

test("a node that is killed while a webhook takes its event leaves it to the other, under the same id", async () => {
  const [other, doomed] = nodes;
  await other?.process.kill();
  receiver.next("hang");
  const titles = ["First", "Second", "Third"].map((word) => `${word} of a killed node`);
  for (const title of titles) await send(1, { title, severity: "HIGH", logTypes: ["Webhook"] });
  await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBe(1);
  await doomed?.process.kill();
  await other?.process.start();
  const taken = () => receiver.taken.map(({ body }) => body.title);
  await expect.poll(taken, { timeout: 20_000 }).toEqual(titles);
  const [hung, again] = receiver.received.map(({ body }) => [body.title, body.eventId]);
  expect(again).toEqual(hung);
}, 60_000);
