import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startSimulator } from "../../simulator/start.ts";
import { type Figure, quantile } from "../figure.ts";
import { repositoryRoot } from "../repository-root.ts";
import { freePort } from "../server/free-port.ts";
import { serverProcess } from "../server/server-process.ts";
import { callControlApi, setUp } from "../server/setup.ts";

const channels = 20;
const rounds = 3;
const reportsPerRound = 150;
/** Each channel gets one report per 1.4 s, so nothing waits for Slack's rate. */
const spacingMs = 70;

/** The time from sending a report to Slack receiving `chat.postMessage`, on an otherwise idle server. */
export async function latency(): Promise<Figure[]> {
  const work = await mkdtemp(join(tmpdir(), "tocsin-latency-"));
  const slack = await startSimulator({ port: 0 });
  const port = await freePort();
  const env = { DATA_DIR: join(work, "data"), SLACK_API_URL: slack.apiUrl };
  const server = serverProcess(repositoryRoot, { port, env });
  try {
    await server.start();
    const slackOrigin = new URL(slack.apiUrl).origin;
    const setup = await setUp(repositoryRoot, {
      origin: `http://127.0.0.1:${port}`,
      slack: { origin: slackOrigin, ...slack },
      env,
      count: channels,
    });
    const send = makeSend(setup);
    await round(slackOrigin, send, 0);
    const measured: number[][] = [];
    for (let n = 1; n <= rounds; n++) measured.push(await round(slackOrigin, send, n * reportsPerRound));
    return [
      figure("from a report to the call of Slack, idle, p50", measured, { share: 0.5, goal: 5 }),
      figure("from a report to the call of Slack, idle, p99", measured, { share: 0.99, goal: 15 }),
    ];
  } finally {
    await server.stop();
    await slack.close();
    await rm(work, { recursive: true });
  }
}

function figure(
  name: string,
  measured: number[][],
  { share, goal }: { share: number; goal: number },
): Figure {
  const values = measured.map((round) => quantile(round, share));
  return { name, unit: "ms", values, goal: `under ${goal} ms`, met: quantile(values, 0.5) < goal };
}

type Send = (n: number) => Promise<void>;

function makeSend({ ingestUrl, key, channels: all }: Awaited<ReturnType<typeof setUp>>): Send {
  const headers = { "x-api-key": key, "content-type": "application/json" };
  return async (n) => {
    const logTypes = [all[n % all.length]?.logType];
    const body = JSON.stringify({
      title: titleOf(n),
      severity: "HIGH",
      detection: { id: `Load.${n}` },
      logTypes,
    });
    const answer = await fetch(ingestUrl, { method: "POST", headers, body });
    if (answer.status !== 202) throw new Error(`${answer.status}: ${await answer.text()}`);
  };
}

function titleOf(n: number): string {
  return `Latency ${n}.`;
}

/** Returns the milliseconds from each report to its call. */
async function round(slackOrigin: string, send: Send, first: number): Promise<number[]> {
  const sentAt = new Map<string, number>();
  for (let n = first; n < first + reportsPerRound; n++) {
    sentAt.set(titleOf(n), performance.timeOrigin + performance.now());
    await send(n);
    await sleep(spacingMs);
  }
  await sleep(2000);
  const calls: { what: string; at: number; request: string }[] = await callControlApi(slackOrigin, "log", {
    limit: 100_000,
  });
  const posts = calls.filter((call) => call.what === "chat.postMessage");
  return [...sentAt].map(([title, at]) => {
    const post = posts.find((call) => call.request.includes(title));
    if (!post) throw new Error(`${title} was not posted`);
    return post.at - at;
  });
}
