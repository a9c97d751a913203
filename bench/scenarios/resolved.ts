import { setTimeout as sleep } from "node:timers/promises";
import { startSimulator } from "../../simulator/start.ts";
import type { Figure } from "../figure.ts";
import { type Fleet, startFleet } from "../fleet/fleet.ts";
import { hasAlertmanager, postsInto, startAlertmanager } from "../peer/alertmanager.ts";
import { readPosts, titlesInDigests } from "./announced.ts";

const count = 60;
/** After the alerts are resolved: longer than Slack's rate needs for one card each. */
const seconds = 75;
const titles = Array.from({ length: count }, (_, n) => `Short ${n}`);

/** 60 alerts that their source resolves five seconds later, at Slack's rate: how many of them are in Slack. */
export async function resolved(): Promise<Figure[]> {
  const fleet = await startFleet({ nodes: 1, channels: 1, rateLimits: true });
  const slack = await startSimulator({ rateLimits: true });
  const alertmanager = hasAlertmanager ? await startAlertmanager(postsInto(slack, "#security")) : null;
  try {
    await Promise.all([report(fleet, { ended: false }), alertmanager?.send(titles)]);
    await sleep(5000);
    await Promise.all([report(fleet, { ended: true }), alertmanager?.send(titles, { resolved: true })]);
    await sleep(seconds * 1000);
    const { withCard } = await readPosts(fleet.slack, titles);
    const inSlack = new Set([...withCard, ...(await titlesInDigests(fleet))]);
    const name = `alerts in Slack, of ${count} that were resolved after 5 s`;
    const figure: Figure = {
      name,
      unit: "alerts",
      values: [inSlack.size],
      goal: `all ${count}`,
      met: inSlack.size === count,
    };
    if (!alertmanager) return [figure];
    const peerCount = (await readPosts(slack, titles)).withCard.size;
    return [figure, { name: "alerts in Slack with Alertmanager", unit: "alerts", values: [peerCount] }];
  } finally {
    await alertmanager?.close();
    await slack.close();
    await fleet.close();
  }
}

async function report({ setup }: Fleet, { ended }: { ended: boolean }): Promise<void> {
  const headers = { "x-api-key": setup.key, "content-type": "application/json" };
  const logTypes = [setup.channels[0]?.logType];
  const reports = titles.map((title, n) => ({
    title,
    severity: "HIGH",
    detection: { id: `Short.${n}` },
    logTypes,
    ...(ended && { status: "resolved" }),
  }));
  const answer = await fetch(setup.ingestUrl, { method: "POST", headers, body: JSON.stringify(reports) });
  if (answer.status !== 202) throw new Error(`${answer.status}: ${await answer.text()}`);
}
