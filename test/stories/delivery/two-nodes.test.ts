import { randomBytes } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { freePort } from "../../../bench/server/free-port.ts";
import { type ServerProcess, serverProcess } from "../../../bench/server/server-process.ts";
import { type Api, type BenchSetup, setUp } from "../../../bench/server/setup.ts";
import { startSimulator } from "../../../simulator/start.ts";
import type { Database } from "../../../src/db/connect.ts";
import { cloneDatabase, openSmallPool, type TestDatabase } from "../../database.ts";
import { type Receiver, startReceiver } from "../../receiver.ts";
import { createFullToken } from "../../tocsin/story.ts";

const root = join(import.meta.dirname, "../../..");
let clone: TestDatabase;
let db: Database;
let slack: Awaited<ReturnType<typeof startSimulator>>;
let nodes: { origin: string; process: ServerProcess }[];
let setup: BenchSetup;
let api: Api;
let receiver: Receiver;

beforeAll(async () => {
  clone = await cloneDatabase();
  db = await openSmallPool(clone.url);
  slack = await startSimulator({ rateLimits: true });
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
  const { api: call, ...created } = await setUp(root, {
    origin: nodes[0]?.origin ?? "",
    slack: { ...slack, origin: new URL(slack.apiUrl).origin },
    token: await createFullToken(db),
    ...{ env, count: 3 },
  });
  setup = created;
  api = call;
  receiver = await startReceiver();
  const filters = { severities: ["HIGH"], alertTypes: ["RULE"], logTypes: ["Webhook"], timezone: "UTC" };
  await call("POST", "/destinations", {
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
  await db.close();
  await clone.drop();
});

/** Each channel has its own reports, so that its line is free for them. */
const [quiet, shared, halved] = [0, 1, 2];
const channel = (index: number) => slack.channel(setup.channels[index]?.id ?? "");

async function send(node: number, reports: object | object[]) {
  const headers = { "x-api-key": setup.key, "content-type": "application/json" };
  const body = JSON.stringify(reports);
  const answer = await fetch(`${nodes[node]?.origin}${setup.ingestPath}`, { method: "POST", headers, body });
  expect(answer.status).toBe(202);
  return (await answer.json()).results[0];
}

const count = 200;
const found = z.object({ results: z.tuple([z.object({ id: z.string() })]) });

/** Sends a storm of reports to the nodes in turn. */
async function sendStorm(word: string, index: number): Promise<void> {
  const logTypes = [setup.channels[index]?.logType];
  const reports = Array.from({ length: count }, (_, n) => {
    const one = { title: `${word} ${n}.`, detection: { id: word }, dedupString: `${n}` };
    return { ...one, severity: "MEDIUM", logTypes };
  });
  for (let batch = 0; batch < 4; batch++)
    await send(batch % 2, reports.slice((batch * count) / 4, ((batch + 1) * count) / 4));
}

const states = async (word: string) => {
  const { rows } = await sql<{ state: string; count: number }>`
    select d.state, count(*)::int from deliveries d join alerts a on a.id = d.alert_id
    where a.detection_id = ${word} group by d.state`.execute(db.kysely);
  return Object.fromEntries(rows.map((row) => [row.state, row.count]));
};
/** Counts announced alerts: in the digest, or by the few cards that were posted before the storm began. */
const announced = async (word: string) => {
  const { digested = 0, sent = 0 } = await states(word);
  return digested + sent;
};
const textsOf = async (index: number) => (await channel(index).messages()).map(({ text }) => text);

test("identical reports sent to two nodes at once open one alert with one card", async () => {
  const report = { title: "Everywhere at once", severity: "HIGH", logTypes: ["Load.0"] };
  const results = await Promise.all(Array.from({ length: 60 }, (_, n) => send(n % 2, report)));
  expect(results.filter((result) => result.outcome === "opened")).toHaveLength(1);
  expect(new Set(results.map((result) => result.alertId)).size).toBe(1);
  await channel(quiet).expectCard("Everywhere at once");
  expect(await channel(quiet).messages()).toHaveLength(1);
});

test("two nodes ask about each alert once, and keep the limit of a person together", async () => {
  const asking = { detection: { id: "asks" }, severity: "MEDIUM", destinations: [] };
  await send(0, { ...asking, title: "Known from now on" });
  const { results } = found.parse(await api("GET", "/detections?q=asks"));
  const automaticBoomerang = { whom: { email: "eve@acme.example" }, question: "{title}: was this you?" };
  await api("PATCH", "/settings", { quietHours: { from: "00:00", to: "00:00" } });
  await api("PATCH", `/detections/${results[0].id}`, { automaticBoomerang });
  await Promise.all(Array.from({ length: 8 }, (_, n) => send(n % 2, { ...asking, title: `Asks ${n}` })));
  const decided = async () => {
    const { rows } = await sql<{ kind: string; count: number }>`
      select h.kind, count(*)::int from history h join alerts a on a.id = h.alert_id
      where a.title like 'Asks %' and h.kind like 'boomerang%' group by h.kind order by h.kind`.execute(
      db.kysely,
    );
    return rows;
  };
  await expect.poll(decided, { timeout: 20_000 }).toEqual([
    { kind: "boomerang_asked", count: 3 },
    { kind: "boomerang_not_asked", count: 5 },
  ]);
}, 30_000);

test("two nodes in one storm post one digest and no message twice", async () => {
  await sendStorm("Together", shared);
  await expect.poll(() => announced("Together"), { timeout: 40_000 }).toBe(count);
  const texts = await textsOf(shared);
  expect(texts.filter((text) => text.includes("in this digest"))).toHaveLength(1);
  expect(texts).toHaveLength(1 + ((await states("Together")).sent ?? 0));
}, 90_000);

describe("when one of two nodes is killed", () => {
  const titles = ["First", "Second", "Third"].map((word) => `${word} of a killed node`);

  beforeAll(async () => {
    const [survivor, killed] = nodes;
    receiver.next("hang");
    // So that the event is sent by the node that is killed.
    survivor?.process.pause();
    for (const title of titles) await send(1, { title, severity: "HIGH", logTypes: ["Webhook"] });
    await vi.waitUntil(() => receiver.received.length === 1, { timeout: 10_000 });
    survivor?.process.resume();
    await sendStorm("Killed", halved);
    const leftBehind = Array.from({ length: 4 }, (_, n) =>
      send(1, { title: `Left behind ${n}`, severity: "HIGH", logTypes: ["Load.0"] }),
    );
    await Promise.all(leftBehind);
    await killed?.process.kill();
  });

  test("the other delivers its alerts within 15 seconds", async () => {
    for (let n = 0; n < 4; n++) await channel(quiet).expectCard(`Left behind ${n}`, { timeoutMs: 15_000 });
  });

  test("an event that was under way is sent by the other with the same id", async () => {
    const acceptedTitles = () => receiver.accepted.map(({ body }) => body.title);
    await expect.poll(acceptedTitles, { timeout: 20_000 }).toEqual(titles);
    const [hung, again] = receiver.received.map(({ body }) => [body.title, body.eventId]);
    expect(again).toEqual(hung);
  });

  test("a storm is announced completely", async () => {
    await expect.poll(() => announced("Killed"), { timeout: 60_000 }).toBe(count);
    const digests = (await textsOf(halved)).filter((text) => text.includes("in this digest"));
    const repeats = digests.filter((text) => text.includes("May be a repeat"));
    expect(digests.length - repeats.length).toBe(1);
    const posts = (await slack.log.entries()).filter(({ what }) => what === "chat.postMessage");
    expect(posts.filter(({ outcome }) => outcome === "ratelimited")).toEqual([]);
  }, 150_000);
});

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
