import { setTimeout as sleep } from "node:timers/promises";
import { startSimulator } from "../../simulator/start.ts";
import type { Figure } from "../figure.ts";
import { type Fleet, startFleet } from "../fleet/fleet.ts";
import { hasAlertmanager, startAlertmanager } from "../peer/alertmanager.ts";
import { announced, countedInDigests, digested } from "./announced.ts";

const count = 200;
const seconds = 10;
const titles = Array.from({ length: count }, (_, n) => `Burst ${n}`);

/** 200 alerts at once into one channel at Slack's rate: how many are represented there after ten seconds. */
export async function burst(): Promise<Figure[]> {
  const fleet = await startFleet({ nodes: 1, channels: 1, rateLimits: true });
  try {
    await sendAll(fleet);
    await sleep(seconds * 1000);
    const { own, refused } = await announced(fleet.slack, titles);
    const gathered = await digested(fleet);
    const counted = await countedInDigests(fleet.slack, fleet.arranged.channels[0]?.id ?? "");
    // Both the database and the message in Slack must say so.
    const there = new Set([...own, ...[...gathered].slice(0, counted)]);
    const ours: Figure[] = [
      {
        name: `alerts represented in Slack ${seconds} s after ${count} came at once`,
        unit: "alerts",
        values: [there.size],
        goal: `all ${count}`,
        met: there.size === count,
      },
      {
        name: "calls that Slack refused meanwhile",
        unit: "calls",
        values: [refused],
        goal: "none",
        met: refused === 0,
      },
    ];
    return hasAlertmanager ? [...ours, ...(await peer())] : ours;
  } finally {
    await fleet.close();
  }
}

async function sendAll({ arranged }: Fleet): Promise<void> {
  const headers = { "x-api-key": arranged.key, "content-type": "application/json" };
  const logTypes = [arranged.channels[0]?.logType];
  const reports = titles.map((title, n) => ({
    title,
    severity: "MEDIUM",
    detection: { id: `Burst.${n}` },
    logTypes,
  }));
  const answer = await fetch(arranged.ingestUrl, { method: "POST", headers, body: JSON.stringify(reports) });
  if (answer.status !== 202) throw new Error(`${answer.status}: ${await answer.text()}`);
}

async function peer(): Promise<Figure[]> {
  const slack = await startSimulator({ rateLimits: true });
  const alertmanager = await startAlertmanager(slack, "#security");
  try {
    await alertmanager.send(titles);
    await sleep(seconds * 1000);
    const { own, refused } = await announced(slack, titles);
    return [
      { name: "the same with Alertmanager", unit: "alerts", values: [own.size] },
      { name: "calls of Alertmanager that Slack refused", unit: "calls", values: [refused] },
    ];
  } finally {
    await alertmanager.close();
    await slack.close();
  }
}
