import { setTimeout as sleep } from "node:timers/promises";
import type { Figure } from "../figure.ts";
import { type Fleet, startFleet } from "../fleet/fleet.ts";
import { countedInDigests, readPosts, titlesInDigests } from "./announced.ts";

const count = 10_000;
/** Reports per request, well below its limit of 1 MiB. */
const perRequest = 500;
/** Among this many alerts, one is CRITICAL and one HIGH. They get their own cards, one per second. */
const urgentEvery = 400;
const longestSeconds = 180;

const severityOf = (n: number) => {
  if (n % urgentEvery === urgentEvery / 2) return "CRITICAL";
  return n % urgentEvery === 1 ? "HIGH" : "MEDIUM";
};
const reports = Array.from({ length: count }, (_, n) => {
  return {
    title: `Storm ${n}`,
    severity: severityOf(n),
    detection: { id: `Storm.${n % 60}` },
    dedupString: `${n}`,
  };
});

/** 10,000 alerts at once into one channel at Slack's rate: lost alerts, duplicates, time and memory. */
export async function storm(): Promise<Figure[]> {
  const fleet = await startFleet({ nodes: 1, channels: 1, rateLimits: true });
  const channel = fleet.setup.channels[0]?.id ?? "";
  try {
    const startedAt = Date.now();
    await sendAll(fleet);
    const sentMs = Date.now() - startedAt;
    const [representedMs, drainedMs] = [
      await untilNoneWaits(fleet, belowHigh),
      await untilNoneWaits(fleet, any),
    ].map((at) => at - startedAt);
    await sleep(20_000);
    const { withCard, refused, posts } = await readPosts(
      fleet.slack,
      reports.map(({ title }) => title),
    );
    const inDigests = await titlesInDigests(fleet);
    const counted = await countedInDigests(fleet.slack, channel);
    const firstCritical = posts.find(({ request }) => request.includes("CRITICAL: Storm "));
    const lost = reports.filter(({ title }) => !withCard.has(title) && !inDigests.has(title)).length;
    const cards = posts.filter(({ request }) => /: Storm \d/.test(request)).length;
    const megabytes = (await fleet.nodes[0]?.peakMemory()) ?? Number.NaN;
    const figure = (name: string, unit: string, value: number, goal?: [string, boolean]): Figure => {
      return { name, unit, values: [value], ...(goal && { goal: goal[0], met: goal[1] }) };
    };
    const firstMs = (firstCritical?.at ?? Number.NaN) - startedAt;
    const duplicates = cards - withCard.size;
    const gap = shortestGap(posts.map(({ at }) => at));
    return [
      figure(`${count} reports at once: time to accept them all`, "ms", sentMs),
      figure("first CRITICAL in Slack after the first report", "ms", firstMs, [
        "under 2,000 ms",
        firstMs < 2000,
      ]),
      figure("all alerts without a card are in the digest", "ms", representedMs ?? Number.NaN),
      figure("all alerts are in Slack, at one card per second", "ms", drainedMs ?? Number.NaN),
      figure("alerts lost", "alerts", lost, ["none", lost === 0]),
      figure("cards posted twice", "cards", duplicates, ["none", duplicates === 0]),
      figure("digested alerts that the digest in Slack does not count", "alerts", inDigests.size - counted, [
        "none",
        inDigests.size === counted,
      ]),
      figure("shortest time between two messages", "ms", gap, ["at least 1,000 ms", gap >= 1000]),
      figure("calls that Slack refused", "calls", refused, ["none", refused === 0]),
      figure("peak memory of the server", "MB", megabytes, ["under 300 MB", megabytes < 300]),
    ];
  } finally {
    await fleet.close();
  }
}

/** Sends to the node directly, because the balancer takes a slow node for a dead one. */
async function sendAll({ setup, origins }: Fleet): Promise<void> {
  const headers = { "x-api-key": setup.key, "content-type": "application/json" };
  const logTypes = [setup.channels[0]?.logType];
  const batches = Array.from({ length: count / perRequest }, (_, n) =>
    reports.slice(n * perRequest, (n + 1) * perRequest),
  );
  await Promise.all(
    batches.map(async (batch) => {
      const body = JSON.stringify(batch.map((report) => ({ ...report, logTypes })));
      const answer = await fetch(`${origins[0]}${setup.ingestPath}`, { method: "POST", headers, body });
      if (answer.status !== 202) throw new Error(`${answer.status}: ${await answer.text()}`);
    }),
  );
}

const belowHigh = "severity < 'HIGH'";
const any = "true";

/** The time at which none of these deliveries waits. */
async function untilNoneWaits({ postgres }: Fleet, which: string): Promise<number> {
  for (const end = Date.now() + longestSeconds * 1000; Date.now() < end; await sleep(250)) {
    const rows = await postgres.query(
      `select from deliveries where state in ('waiting', 'sending') and ${which} limit 1`,
    );
    if (rows.length === 0) return Date.now();
  }
  return Number.NaN;
}

function shortestGap(times: number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Math.min(...sorted.slice(1).map((at, n) => at - (sorted[n] ?? at)));
}
