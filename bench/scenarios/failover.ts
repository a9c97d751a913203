import { setTimeout as sleep } from "node:timers/promises";
import { type Figure, quantile } from "../figure.ts";
import { type Fleet, startFleet } from "../fleet/fleet.ts";

const rounds = 5;
const half = 50;
const spacingMs = 40;
/** Slack's response time. With it, the killed node holds the lines of ten channels. */
const slackMs = 400;

/**
 * One of two nodes is killed while it works, and the other gets the next reports, for the same channels in reverse
 * order. The longest time from a report to its card shows the cost: the other node has to wait for leases to end.
 */
export async function failover(): Promise<Figure[]> {
  const fleet = await startFleet({ nodes: 2, channels: half, rateLimits: false });
  try {
    await fleet.slack.ask("faults", {
      faults: [{ method: "chat.postMessage", what: { kind: "slow", ms: slackMs } }],
    });
    const longest: number[] = [];
    for (let round = 0; round < rounds; round++) longest.push(await killOnce(fleet, round));
    const met = quantile(longest, 0.5) < 5;
    return [
      {
        name: "longest wait for a card when a node is killed",
        unit: "s",
        values: longest,
        goal: "within 5 s",
        met,
      },
    ];
  } finally {
    await fleet.close();
  }
}

async function killOnce(fleet: Fleet, round: number): Promise<number> {
  const [killed] = fleet.nodes;
  const sentAt = new Map<string, number>();
  for (let n = 0; n < 2 * half; n++) {
    const title = `Round ${round} report ${n}`;
    const [node, channel] = n < half ? [0, n] : [1, 2 * half - 1 - n];
    sentAt.set(title, performance.timeOrigin + performance.now());
    await send(fleet, { title, node, channel });
    if (n === half - 1) await killed?.kill();
    await sleep(spacingMs);
  }
  await killed?.start();
  await sleep(12_000);
  const posts = (await fleet.slack.log.entries()).filter(
    ({ what, outcome }) => what === "chat.postMessage" && outcome === "ok",
  );
  const waits = [...sentAt].map(([title, at]) => {
    const post = posts.find(({ request }) => request.includes(`${title} `));
    if (!post) throw new Error(`${title} was not posted`);
    return (post.at - at) / 1000;
  });
  return Math.max(...waits);
}

async function send(
  { origins, setup }: Fleet,
  { title, node, channel }: { title: string; node: number; channel: number },
): Promise<void> {
  const headers = { "x-api-key": setup.key, "content-type": "application/json" };
  const logTypes = [setup.channels[channel]?.logType];
  const body = JSON.stringify({ title, severity: "HIGH", detection: { id: title }, logTypes });
  const answer = await fetch((origins[node] ?? "") + setup.ingestPath, { method: "POST", headers, body });
  if (answer.status !== 202) throw new Error(`${answer.status}: ${await answer.text()}`);
}
