import { setTimeout as sleep } from "node:timers/promises";
import { startSimulator } from "../../simulator/start.ts";
import type { Figure } from "../figure.ts";
import { type Fleet, startFleet } from "../fleet/fleet.ts";
import { hasAlertmanager, startAlertmanager } from "../peer/alertmanager.ts";
import { announced, digested } from "./announced.ts";

const count = 60;
/** From the resolving on: more than Slack's rate needs for a card each. */
const seconds = 75;
const titles = Array.from({ length: count }, (_, n) => `Short ${n}`);

/** 60 alerts that their source resolves five seconds later, at Slack's rate: how many Slack was told of. */
export async function resolved(): Promise<Figure[]> {
  const fleet = await startFleet({ nodes: 1, channels: 1, rateLimits: true });
  const slack = await startSimulator({ rateLimits: true });
  const alertmanager = hasAlertmanager ? await startAlertmanager(slack, "#security") : null;
  try {
    await Promise.all([report(fleet, { over: false }), alertmanager?.send(titles)]);
    await sleep(5000);
    await Promise.all([report(fleet, { over: true }), alertmanager?.send(titles, { over: true })]);
    await sleep(seconds * 1000);
    const { own } = await announced(fleet.slack, titles);
    const there = new Set([...own, ...(await digested(fleet))]);
    const name = `of ${count} alerts that ended 5 s later, mentioned in Slack`;
    const ours: Figure = {
      name,
      unit: "alerts",
      values: [there.size],
      goal: `all ${count}`,
      met: there.size === count,
    };
    if (!alertmanager) return [ours];
    const theirs = (await announced(slack, titles)).own.size;
    return [ours, { name: "the same with Alertmanager", unit: "alerts", values: [theirs] }];
  } finally {
    await alertmanager?.close();
    await slack.close();
    await fleet.close();
  }
}

async function report({ arranged }: Fleet, { over }: { over: boolean }): Promise<void> {
  const headers = { "x-api-key": arranged.key, "content-type": "application/json" };
  const logTypes = [arranged.channels[0]?.logType];
  const reports = titles.map((title, n) => ({
    title,
    severity: "HIGH",
    detection: { id: `Short.${n}` },
    logTypes,
    ...(over && { status: "resolved" }),
  }));
  const answer = await fetch(arranged.ingestUrl, { method: "POST", headers, body: JSON.stringify(reports) });
  if (answer.status !== 202) throw new Error(`${answer.status}: ${await answer.text()}`);
}
