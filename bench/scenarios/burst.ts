import { setTimeout as sleep } from "node:timers/promises";
import { startSimulator } from "../../simulator/start.ts";
import type { Figure } from "../figure.ts";
import { type Fleet, startFleet } from "../fleet/fleet.ts";
import { hasAlertmanager, postsInto, startAlertmanager } from "../peer/alertmanager.ts";
import { countedInDigests, readPosts, titlesInDigests } from "./announced.ts";

const count = 200;
const seconds = 10;
const titles = Array.from({ length: count }, (_, n) => `Burst ${n}`);

/** 200 alerts at once into one channel at Slack's rate: how many are in Slack after ten seconds. */
export async function burst(): Promise<Figure[]> {
  const fleet = await startFleet({ nodes: 1, channels: 1, rateLimits: true });
  try {
    await sendAll(fleet);
    await sleep(seconds * 1000);
    const { withCard, refused } = await readPosts(fleet.slack, titles);
    const inDigests = await titlesInDigests(fleet);
    const counted = await countedInDigests(fleet.slack, fleet.setup.channels[0]?.id ?? "");
    // An alert counts as digested only if the database and the digest in Slack both say so.
    const inSlack = new Set([...withCard, ...[...inDigests].slice(0, counted)]);
    const figures: Figure[] = [
      {
        name: `alerts in Slack ${seconds} s after ${count} arrived at once`,
        unit: "alerts",
        values: [inSlack.size],
        goal: `all ${count}`,
        met: inSlack.size === count,
      },
      {
        name: "calls that Slack refused",
        unit: "calls",
        values: [refused],
        goal: "none",
        met: refused === 0,
      },
    ];
    return hasAlertmanager ? [...figures, ...(await peer())] : figures;
  } finally {
    await fleet.close();
  }
}

async function sendAll({ setup }: Fleet): Promise<void> {
  const headers = { "x-api-key": setup.key, "content-type": "application/json" };
  const logTypes = [setup.channels[0]?.logType];
  const reports = titles.map((title, n) => ({
    title,
    severity: "MEDIUM",
    detection: { id: `Burst.${n}` },
    logTypes,
  }));
  const answer = await fetch(setup.ingestUrl, { method: "POST", headers, body: JSON.stringify(reports) });
  if (answer.status !== 202) throw new Error(`${answer.status}: ${await answer.text()}`);
}

async function peer(): Promise<Figure[]> {
  const slack = await startSimulator({ rateLimits: true });
  const alertmanager = await startAlertmanager(postsInto(slack, "#security"));
  try {
    await alertmanager.send(titles);
    await sleep(seconds * 1000);
    const { withCard, refused } = await readPosts(slack, titles);
    return [
      { name: "alerts in Slack with Alertmanager", unit: "alerts", values: [withCard.size] },
      { name: "calls of Alertmanager that Slack refused", unit: "calls", values: [refused] },
    ];
  } finally {
    await alertmanager.close();
    await slack.close();
  }
}
