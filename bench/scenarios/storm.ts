import { setTimeout as sleep } from "node:timers/promises";
import type { Figure } from "../figure.ts";
import { type Fleet, startFleet } from "../fleet/fleet.ts";
import { announced, countedInDigests, digested } from "./announced.ts";

const count = 10_000;
/** As many reports as one request may hold at their size. */
const perRequest = 500;
/** One CRITICAL and one HIGH in so many; they get cards of their own, one a second. */
const loudEvery = 400;
const longestSeconds = 180;

const severityOf = (n: number) => {
  if (n % loudEvery === loudEvery / 2) return "CRITICAL";
  return n % loudEvery === 1 ? "HIGH" : "MEDIUM";
};
const reports = Array.from({ length: count }, (_, n) => {
  return {
    title: `Storm ${n}`,
    severity: severityOf(n),
    detection: { id: `Storm.${n % 60}` },
    dedupString: `${n}`,
  };
});

/** 10,000 alerts at once into one channel at Slack's rate: what is lost, what comes twice, and what it takes. */
export async function storm(): Promise<Figure[]> {
  const fleet = await startFleet({ nodes: 1, channels: 1, rateLimits: true });
  const channel = fleet.arranged.channels[0]?.id ?? "";
  try {
    const startedAt = Date.now();
    await sendAll(fleet);
    const sentMs = Date.now() - startedAt;
    const [representedMs, drainedMs] = [await untilOver(fleet, quiet), await untilOver(fleet, any)].map(
      (at) => at - startedAt,
    );
    await sleep(20_000);
    const { own, refused, posts } = await announced(
      fleet.slack,
      reports.map(({ title }) => title),
    );
    const gathered = await digested(fleet);
    const counted = await countedInDigests(fleet.slack, channel);
    const firstCritical = posts.find(({ request }) => request.includes("CRITICAL: Storm "));
    const lost = reports.filter(({ title }) => !own.has(title) && !gathered.has(title)).length;
    const cards = posts.filter(({ request }) => /: Storm \d/.test(request)).length;
    const megabytes = (await fleet.nodes[0]?.peakMemory()) ?? Number.NaN;
    const one = (name: string, unit: string, value: number, goal?: [string, boolean]): Figure => {
      return { name, unit, values: [value], ...(goal && { goal: goal[0], met: goal[1] }) };
    };
    const firstMs = (firstCritical?.at ?? Number.NaN) - startedAt;
    const twice = cards - own.size;
    const gap = shortestGap(posts.map(({ at }) => at));
    return [
      one(`${count} reports at once: time to accept them all`, "ms", sentMs),
      one("first CRITICAL in Slack, from the first report on", "ms", firstMs, [
        "under 2,000 ms",
        firstMs < 2000,
      ]),
      one("all without a card of their own stand in the digest", "ms", representedMs ?? Number.NaN),
      one("every alert is in Slack, at a card a second", "ms", drainedMs ?? Number.NaN),
      one("alerts lost", "alerts", lost, ["none", lost === 0]),
      one("cards that came twice", "cards", twice, ["none", twice === 0]),
      one("gathered, but not counted by the digest in Slack", "alerts", gathered.size - counted, [
        "none",
        gathered.size === counted,
      ]),
      one("shortest time between two messages", "ms", gap, ["at least 1,000 ms", gap >= 1000]),
      one("calls that Slack refused", "calls", refused, ["none", refused === 0]),
      one("memory of the server, at its peak", "MB", megabytes, ["under 300 MB", megabytes < 300]),
    ];
  } finally {
    await fleet.close();
  }
}

/** To the node itself: what balances nodes takes one that is slow for one that is gone. */
async function sendAll({ arranged, origins }: Fleet): Promise<void> {
  const headers = { "x-api-key": arranged.key, "content-type": "application/json" };
  const logTypes = [arranged.channels[0]?.logType];
  const batches = Array.from({ length: count / perRequest }, (_, n) =>
    reports.slice(n * perRequest, (n + 1) * perRequest),
  );
  await Promise.all(
    batches.map(async (batch) => {
      const body = JSON.stringify(batch.map((report) => ({ ...report, logTypes })));
      const answer = await fetch(`${origins[0]}${arranged.ingestPath}`, { method: "POST", headers, body });
      if (answer.status !== 202) throw new Error(`${answer.status}: ${await answer.text()}`);
    }),
  );
}

const quiet = "severity < 'HIGH'";
const any = "true";

/** When nothing of these waited any more. */
async function untilOver({ postgres }: Fleet, which: string): Promise<number> {
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
