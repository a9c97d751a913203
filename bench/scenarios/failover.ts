import { setTimeout as sleep } from "node:timers/promises";
import { type Figure, quantile } from "../figure.ts";
import { type Fleet, startFleet } from "../fleet/fleet.ts";

const rounds = 5;
const half = 50;
const spacingMs = 40;
/** How long Slack takes to answer: a node that dies holds the lines of ten channels then. */
const slackMs = 400;

/**
 * Two nodes; the one that takes the reports is killed in the middle of its work, and the other is sent the next ones
 * for the very channels that were being worked on, the last first. The longest time from a report to its card is what
 * the death cost: leases have to end before somebody else takes the work over.
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
  const [doomed] = fleet.nodes;
  const sentAt = new Map<string, number>();
  for (let n = 0; n < 2 * half; n++) {
    const title = `Round ${round} report ${n}`;
    const [node, channel] = n < half ? [0, n] : [1, 2 * half - 1 - n];
    sentAt.set(title, performance.timeOrigin + performance.now());
    await send(fleet, { title, node, channel });
    if (n === half - 1) await doomed?.kill();
    await sleep(spacingMs);
  }
  await doomed?.start();
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
  { origins, arranged }: Fleet,
  { title, node, channel }: { title: string; node: number; channel: number },
): Promise<void> {
  const headers = { "x-api-key": arranged.key, "content-type": "application/json" };
  const logTypes = [arranged.channels[channel]?.logType];
  const body = JSON.stringify({ title, severity: "HIGH", detection: { id: title }, logTypes });
  const answer = await fetch((origins[node] ?? "") + arranged.ingestPath, { method: "POST", headers, body });
  if (answer.status !== 202) throw new Error(`${answer.status}: ${await answer.text()}`);
}
