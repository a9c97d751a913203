import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "../../../bench/server/free-port.ts";
import { type ServerProcess, serverProcess } from "../../../bench/server/server-process.ts";
import { type BenchSetup, setUp } from "../../../bench/server/setup.ts";
import { startSimulator } from "../../../simulator/start.ts";
import { type Database, openDatabase } from "../../../src/db/connect.ts";
import { cloneDatabase, type TestDatabase } from "../../database.ts";

const root = join(import.meta.dirname, "../../..");
let clone: TestDatabase;
let db: Database;
let slack: Awaited<ReturnType<typeof startSimulator>>;
let nodes: { origin: string; process: ServerProcess }[];
let setup: BenchSetup;

beforeAll(async () => {
  clone = await cloneDatabase();
  db = await openDatabase({ databaseUrl: clone.url, dataDir: "" }, { log: () => {}, poolSize: 2 });
  slack = await startSimulator({ rateLimits: true });
  const env = {
    DATABASE_URL: clone.url,
    SECRET_KEY: randomBytes(32).toString("hex"),
    SLACK_API_URL: slack.apiUrl,
  };
  nodes = await Promise.all(
    [1, 2].map(async () => {
      const port = await freePort();
      return { origin: `http://127.0.0.1:${port}`, process: serverProcess(root, { port, env }) };
    }),
  );
  await Promise.all(nodes.map((node) => node.process.start()));
  const connection = {
    origin: nodes[0]?.origin ?? "",
    slack: { ...slack, origin: new URL(slack.apiUrl).origin },
  };
  setup = await setUp(root, { ...connection, env, count: 1 });
}, 120_000);

afterAll(async () => {
  await Promise.all(nodes.map((node) => node.process.stop()));
  await slack.close();
  await db.close();
  await clone.drop();
});

const count = 300;

/** Sends a storm of reports to the nodes in turn. */
async function sendStorm(word: string): Promise<void> {
  const headers = { "x-api-key": setup.key, "content-type": "application/json" };
  const logTypes = [setup.channels[0]?.logType];
  const reports = Array.from({ length: count }, (_, n) => {
    return {
      title: `${word} ${n}.`,
      severity: "MEDIUM",
      detection: { id: word },
      dedupString: `${n}`,
      logTypes,
    };
  });
  for (let batch = 0; batch < 4; batch++) {
    const body = JSON.stringify(reports.slice((batch * count) / 4, ((batch + 1) * count) / 4));
    const url = `${nodes[batch % 2]?.origin}${setup.ingestPath}`;
    expect((await fetch(url, { method: "POST", headers, body })).status).toBe(202);
  }
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
const messages = () => slack.channel(setup.channels[0]?.id ?? "").messages();

test("two nodes in one storm post one digest and no message twice", async () => {
  await sendStorm("Together");
  await expect.poll(() => announced("Together"), { timeout: 40_000 }).toBe(count);
  const titles = (await messages()).map(({ text }) => text);
  expect(titles.filter((text) => text.includes("in this digest"))).toHaveLength(1);
  expect(titles).toHaveLength(1 + ((await states("Together")).sent ?? 0));
}, 90_000);

test("a storm is announced completely when one of two nodes is killed", async () => {
  await sql`update deliveries set created_at = created_at - interval '2 minutes'`.execute(db.kysely);
  const open = async () =>
    (await sql`select from digests where closed_at is null`.execute(db.kysely)).rows.length;
  await expect.poll(open, { timeout: 40_000 }).toBe(0);
  await sendStorm("Killed");
  await nodes[0]?.process.kill();
  await expect.poll(() => announced("Killed"), { timeout: 60_000 }).toBe(count);
  const digests = (await messages())
    .map(({ text }) => text)
    .filter((text) => text.includes("in this digest"));
  const repeats = digests.filter((text) => text.includes("May be a repeat"));
  expect(digests.length - repeats.length).toBe(2);
  const posts = (await slack.log.entries()).filter(({ what }) => what === "chat.postMessage");
  expect(posts.filter(({ outcome }) => outcome === "ratelimited")).toEqual([]);
}, 150_000);
