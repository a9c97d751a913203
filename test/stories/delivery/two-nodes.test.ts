import { randomBytes } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "../../../bench/server/free-port.ts";
import { type ServerProcess, serverProcess } from "../../../bench/server/server-process.ts";
import { type BenchSetup, setUp } from "../../../bench/server/setup.ts";
import { startSimulator } from "../../../simulator/start.ts";
import { cloneDatabase, type TestDatabase } from "../../database.ts";
import { type Receiver, startReceiver } from "../../receiver.ts";

const root = join(import.meta.dirname, "../../..");
let clone: TestDatabase;
let slack: Awaited<ReturnType<typeof startSimulator>>;
let nodes: { origin: string; process: ServerProcess }[];
let setup: BenchSetup;
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
  const { api, ...created } = await setUp(root, {
    origin,
    slack: { origin: slackOrigin, ...slack },
    env,
    count: 1,
  });
  setup = created;
  receiver = await startReceiver();
  const filters = { severities: ["HIGH"], alertTypes: ["RULE"], logTypes: ["Webhook"], timezone: "UTC" };
  await api("POST", "/destinations", {
    type: "custom-webhook",
    displayName: "SIEM",
    url: receiver.url,
    ...filters,
  });
}, 120_000);

afterAll(async () => {
  await Promise.all(nodes.map((node) => node.process.stop()));
  await slack.close();
  await receiver.close();
  await clone.drop();
});

const send = async (node: number, report: object) => {
  const url = `${nodes[node]?.origin}${new URL(setup.ingestUrl).pathname}`;
  const headers = { "x-api-key": setup.key, "content-type": "application/json" };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(report) });
  return (await answer.json()).results[0];
};

test("identical reports sent to two nodes at once open one alert with one card", async () => {
  const report = { title: "Everywhere at once", severity: "HIGH", logTypes: ["Load.0"] };
  const results = await Promise.all(Array.from({ length: 60 }, (_, n) => send(n % 2, report)));
  expect(results.filter((result) => result.outcome === "opened")).toHaveLength(1);
  expect(new Set(results.map((result) => result.alertId)).size).toBe(1);
  await slack.channel(setup.channels[0]?.id ?? "").expectCard("Everywhere at once");
  const cards = await slack.channel(setup.channels[0]?.id ?? "").messages();
  expect(cards).toHaveLength(1);
});

test("the other node delivers the alerts of a killed node within 15 seconds", async () => {
  const channel = slack.channel(setup.channels[0]?.id ?? "");
  await Promise.all(
    Array.from({ length: 4 }, (_, n) =>
      send(0, { title: `Left behind ${n}`, severity: "HIGH", logTypes: ["Load.0"] }),
    ),
  );
  await nodes[0]?.process.kill();
  for (let n = 0; n < 4; n++) await channel.expectCard(`Left behind ${n}`, { timeoutMs: 15_000 });
});

test("an event that was under way on a killed node is sent by the other with the same id", async () => {
  const [other, killed] = nodes;
  await other?.process.kill();
  receiver.next("hang");
  const titles = ["First", "Second", "Third"].map((word) => `${word} of a killed node`);
  for (const title of titles) await send(1, { title, severity: "HIGH", logTypes: ["Webhook"] });
  await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBe(1);
  await killed?.process.kill();
  await other?.process.start();
  const acceptedTitles = () => receiver.accepted.map(({ body }) => body.title);
  await expect.poll(acceptedTitles, { timeout: 20_000 }).toEqual(titles);
  const [hung, again] = receiver.received.map(({ body }) => [body.title, body.eventId]);
  expect(again).toEqual(hung);
}, 60_000);

test("a node exits on SIGTERM with a stream, an upload, an idle connection and a hung webhook open", async () => {
  const [node] = nodes;
  const { hostname, port } = new URL(node?.origin ?? "");
  receiver.always("hang");
  const before = receiver.received.length;
  await send(0, { title: "Never answered", severity: "HIGH", logTypes: ["Webhook"] });
  await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBeGreaterThan(before);
  const stream = await fetch(`${node?.origin}/api/v1/live`, {
    headers: { authorization: `Bearer ${setup.token}` },
  });
  expect(stream.status).toBe(200);
  const path = new URL(setup.ingestUrl).pathname;
  const upload = `POST ${path} HTTP/1.1\r\nHost: tocsin\r\nX-API-Key: ${setup.key}\r\nContent-Length: 900\r\n\r\n{`;
  const sockets = [upload, "GET /healthz HTTP/1.1\r\nHost: tocsin\r\n\r\n"].map((text) => {
    const socket = connect(Number(port), hostname);
    socket.on("error", () => {});
    socket.write(text);
    return socket;
  });
  await once(sockets[1] ?? new EventEmitter(), "data");
  // Waits for the process; a node that any of these holds up fails by the time limit.
  await node?.process.stop();
  await expect(stream.text()).resolves.toContain("retry");
}, 15_000);
