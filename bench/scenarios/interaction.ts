import { createHmac } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startSimulator } from "../../simulator/start.ts";
import { type Figure, quantile } from "../figure.ts";
import { repositoryRoot } from "../repository-root.ts";
import { freePort } from "../server/free-port.ts";
import { serverProcess } from "../server/server-process.ts";
import { type Api, type BenchSetup, setUp } from "../server/setup.ts";

const reportsPerSecond = 200;
const intervalMs = 50;
const clicksPerRound = 150;
const spacingMs = 60;
const rounds = 3;

/** The time from a click on a card to Tocsin's response, under load. Each click changes the alert's status. */
export async function interaction(): Promise<Figure[]> {
  const work = await mkdtemp(join(tmpdir(), "tocsin-interaction-"));
  const slack = await startSimulator({ port: 0 });
  const port = await freePort();
  const env = { DATA_DIR: join(work, "data"), SLACK_API_URL: slack.apiUrl };
  const server = serverProcess(repositoryRoot, { port, env });
  try {
    await server.start();
    const origin = `http://127.0.0.1:${port}`;
    const slackOrigin = new URL(slack.apiUrl).origin;
    const to = { origin, slack: { origin: slackOrigin, ...slack }, env, count: 20 };
    const setup = await setUp(repositoryRoot, to);
    const click = await makeClick(setup, { origin, slackOrigin, slack });
    await click(0);
    const measured: number[][] = [];
    for (let n = 0; n < rounds; n++) measured.push(await round(setup, click, n));
    const values = measured.map((times) => quantile(times, 0.99));
    const name = `Slack interaction acknowledged while ${reportsPerSecond} reports/s come in, p99`;
    return [{ name, unit: "ms", values, goal: "under 100 ms", met: quantile(values, 0.5) < 100 }];
  } finally {
    await server.stop();
    await slack.close();
    await rm(work, { recursive: true });
  }
}

type Click = (n: number) => Promise<number>;

async function round(setup: BenchSetup, click: Click, nth: number): Promise<number[]> {
  const load = startLoad(setup, nth);
  const times: number[] = [];
  for (let n = 0; n < clicksPerRound; n++) {
    times.push(await click(nth * clicksPerRound + n + 1));
    await sleep(spacingMs);
  }
  await load.stop();
  return times;
}

/** Sends reports at a steady rate, even if earlier ones have no response yet. */
function startLoad({ ingestUrl, key, channels }: BenchSetup, nth: number) {
  const waiting = new Set<Promise<unknown>>();
  let sent = 0;
  const timer = setInterval(() => {
    for (let n = 0; n < (reportsPerSecond * intervalMs) / 1000; n++) {
      const detection = { id: `Load.${nth}.${sent}` };
      const logTypes = [channels[sent % channels.length]?.logType];
      const request = report(
        { ingestUrl, key },
        { title: `Load ${sent}`, severity: "HIGH", detection, logTypes },
      );
      waiting.add(request);
      void request.finally(() => waiting.delete(request));
      sent++;
    }
  }, intervalMs);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(waiting);
    },
  };
}

async function report(
  { ingestUrl, key }: Pick<BenchSetup, "ingestUrl" | "key">,
  body: object,
): Promise<void> {
  const headers = { "x-api-key": key, "content-type": "application/json" };
  const answer = await fetch(ingestUrl, { method: "POST", headers, body: JSON.stringify(body) });
  if (answer.status !== 202) throw new Error(`${answer.status}: ${await answer.text()}`);
  await answer.body?.cancel();
}

interface Connection {
  origin: string;
  slackOrigin: string;
  slack: Awaited<ReturnType<typeof startSimulator>>;
}

/** Ada sets an alert to Triaged and back to Open. Each click returns the milliseconds until the response. */
async function makeClick(
  setup: BenchSetup & { api: Api },
  { origin, slackOrigin, slack }: Connection,
): Promise<Click> {
  await setup.api("POST", "/users", { email: "ada@acme.example", name: "Ada", role: "Analyst" });
  await report(setup, { title: "Clicked", severity: "HIGH", detection: { id: "Clicked" } });
  const listed = await setup.api("GET", "/alerts?q=Clicked");
  const id = /"id":"([0-9a-f-]{36})"/.exec(JSON.stringify(listed))?.[1];
  return async (n) => {
    const status = n % 2 === 0 ? "TRIAGED" : "OPEN";
    const payload = {
      type: "block_actions",
      trigger_id: `bench.${n}`,
      user: { id: slack.users.ada.id, team_id: "T0ACME0001" },
      team: { id: "T0ACME0001" },
      response_url: `${slackOrigin}/nowhere`,
      actions: [
        { action_id: "status", block_id: `controls:${id}:999999.0`, selected_option: { value: status } },
      ],
    };
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    const at = String(Math.floor(Date.now() / 1000));
    const signature = createHmac("sha256", slack.app.signingSecret).update(`v0:${at}:${body}`).digest("hex");
    const headers = {
      "content-type": "application/x-www-form-urlencoded",
      "x-slack-request-timestamp": at,
      "x-slack-signature": `v0=${signature}`,
    };
    const began = performance.now();
    const answer = await fetch(`${origin}/slack/events`, { method: "POST", headers, body });
    if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
    await answer.text();
    return performance.now() - began;
  };
}
