import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSimulator } from "../../simulator/start.ts";
import { openDatabase } from "../../src/db/connect.ts";
import { type Figure, quantile } from "../figure.ts";
import { repositoryRoot } from "../repository-root.ts";
import { fillAlerts } from "../server/fill-alerts.ts";
import { freePort } from "../server/free-port.ts";
import { serverProcess } from "../server/server-process.ts";
import { type BenchSetup, setUp } from "../server/setup.ts";

const storedAlerts = 1_000_000;
/** Every tenth stored alert is open. */
const openEach = 10;
const connections = 32;
const sendMs = 4000;
const rounds = 3;
const calls = 120;

/**
 * The cost of a full database: accepting reports with a million alerts stored, relative to an empty database, pages of
 * the list, and changes of status among a hundred thousand open alerts.
 */
export async function stored(): Promise<Figure[]> {
  const work = await mkdtemp(join(process.env.TMPDIR ?? tmpdir(), "tocsin-stored-"));
  const slack = await startSimulator({ port: 0 });
  const port = await freePort();
  const env = { DATA_DIR: join(work, "data"), SLACK_API_URL: slack.apiUrl };
  const server = serverProcess(repositoryRoot, { port, env });
  const origin = `http://127.0.0.1:${port}`;
  try {
    await server.start();
    const slackOrigin = new URL(slack.apiUrl).origin;
    const setup = await setUp(repositoryRoot, {
      origin,
      slack: { origin: slackOrigin, ...slack },
      env,
      count: 1,
    });
    await acceptRate(setup);
    const empty = await repeated(rounds, () => acceptRate(setup));
    const db = await openDatabase(
      { dataDir: env.DATA_DIR },
      { log: () => {}, whenRunning: "join", poolSize: 2 },
    );
    await fillAlerts(db, { count: storedAlerts, openEach });
    await db.close();
    // Unmeasured, as for the empty database: fills PostgreSQL's caches of pages and plans.
    await acceptRate(setup);
    const full = await repeated(rounds, () => acceptRate(setup));
    // Unmeasured: a new connection has to load its caches first.
    await listTimes(setup.api);
    await setup.api("GET", "/metrics/overview");
    const pages = await listTimes(setup.api);
    const changes = await changeTimes(setup.api);
    const overview = await callTimes(20, () => setup.api("GET", "/metrics/overview"));
    const seen = await callTimes(60, (n) => setup.api("GET", `/alerts/${1000 + n * 7919}/seen-before`));
    const ratios = full.map((rate) => rate / quantile(empty, 0.5));
    return [
      ratio("reports accepted with 1,000,000 alerts stored, relative to an empty database", ratios),
      under("a page of the list, with 1,000,000 alerts stored, p99", pages, { share: 0.99, goal: 50 }),
      under("a change of status, with 100,000 open alerts, p99", changes, { share: 0.99, goal: 100 }),
      under("the Overview of 30 days, with 1,000,000 alerts stored, p50", overview, {
        share: 0.5,
        goal: 300,
      }),
      under("alerts seen before, with 1,000,000 alerts stored, p99", seen, { share: 0.99, goal: 50 }),
    ];
  } finally {
    await server.stop();
    await slack.close();
    await rm(work, { recursive: true });
  }
}

type Api = Awaited<ReturnType<typeof setUp>>["api"];

let sent = 0;

/** Reports accepted per second. No destination takes their alerts, so only the intake is measured. */
async function acceptRate({ ingestUrl, key }: BenchSetup): Promise<number> {
  const headers = { "x-api-key": key, "content-type": "application/json" };
  const filler = "x".repeat(1500);
  const begun = performance.now();
  let accepted = 0;
  const loop = async () => {
    while (performance.now() - begun < sendMs) {
      const detection = { id: `Stored.${sent++}` };
      const context = {
        user: `u${sent % 900}@acme.example`,
        host: `web-${sent % 90}`,
        ip: "203.0.113.7",
        filler,
      };
      const body = JSON.stringify({ title: detection.id, severity: "LOW", detection, context });
      const answer = await fetch(ingestUrl, { method: "POST", headers, body });
      if (answer.status !== 202) throw new Error(`${answer.status}: ${await answer.text()}`);
      await answer.arrayBuffer();
      accepted++;
    }
  };
  await Promise.all(Array.from({ length: connections }, loop));
  return accepted / ((performance.now() - begun) / 1000);
}

/** Times of typical pages: the default list, later pages, filters, other orders. */
async function listTimes(api: Api): Promise<number[]> {
  const queries = [
    "",
    "?severity=CRITICAL",
    "?status=RESOLVED",
    "?status=RESOLVED&sort=createdAt",
    "?sort=-severity",
    "?sort=-updatedAt",
    "?detection=Filled.3",
    "?logType=Log.3",
    "?assignee=none&limit=50",
    "?q=%23500000",
    "?q=alert%20777",
  ];
  const times: number[] = [];
  for (let n = 0; n < calls; n++) {
    const begun = performance.now();
    const page: unknown = await api("GET", `/alerts${queries[n % queries.length]}`);
    times.push(performance.now() - begun);
    const next = typeof page === "object" && page !== null && "next" in page ? page.next : null;
    if (typeof next === "string" && n % queries.length === 0) {
      const again = performance.now();
      await api("GET", `/alerts?cursor=${encodeURIComponent(next)}`);
      times.push(performance.now() - again);
    }
  }
  return times;
}

async function changeTimes(api: Api): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < calls; n++) {
    const begun = performance.now();
    await api("PATCH", `/alerts/${1000 + n * openEach * 7}`, { status: "TRIAGED" });
    times.push(performance.now() - begun);
  }
  return times;
}

async function callTimes(count: number, call: (n: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < count; n++) {
    const begun = performance.now();
    await call(n);
    times.push(performance.now() - begun);
  }
  return times;
}

async function repeated(times: number, measure: () => Promise<number>): Promise<number[]> {
  const values: number[] = [];
  for (let n = 0; n < times; n++) values.push(await measure());
  return values;
}

function ratio(name: string, values: number[]): Figure {
  return { name, unit: "ratio", values, goal: "at least 0.9", met: quantile(values, 0.5) >= 0.9 };
}

function under(name: string, times: number[], { share, goal }: { share: number; goal: number }): Figure {
  const value = quantile(times, share);
  return { name, unit: "ms", values: [value], goal: `under ${goal} ms`, met: value < goal };
}
