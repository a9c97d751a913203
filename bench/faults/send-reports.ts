import { setTimeout as sleep } from "node:timers/promises";
import type { Fleet } from "../fleet/fleet.ts";

const concurrency = 8;
/**
 * Every third alert is triaged soon after, so that cards are edited. That makes twice as many edits as there are faults
 * of edits, and 3 does not divide the number of channels, so all channels get some.
 */
const triageEvery = 3;

/**
 * Sends `reports` reports, each of its own detection, over all channels within `seconds`, and continues at that pace
 * until `mayEnd`. Retries each on any node, as a tool would, and returns the titles that were acknowledged.
 */
export async function sendReports(
  { setup, origins, api }: Fleet,
  { reports, seconds, mayEnd }: { reports: number; seconds: number; mayEnd: () => boolean },
): Promise<string[]> {
  const { channels, key, ingestPath } = setup;
  const acknowledged: string[] = [];
  const begun = performance.now();
  let next = 0;
  const sender = async () => {
    for (let n = next++; n < reports || !mayEnd(); n = next++) {
      await sleep(Math.max(0, (n / reports) * seconds * 1000 - (performance.now() - begun)));
      const title = `Report ${n} of a storm`;
      const logTypes = [channels[n % channels.length]?.logType];
      const report = { title, severity: "HIGH", detection: { id: `Load.${n}` }, logTypes };
      const id = await sendUntilAccepted(
        origins.map((origin) => origin + ingestPath),
        key,
        report,
      );
      acknowledged.push(title);
      if (n % triageEvery === 0) await retry(() => api("PATCH", `/alerts/${id}`, { status: "TRIAGED" }));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, sender));
  return acknowledged;
}

async function sendUntilAccepted(urls: string[], key: string, report: object): Promise<string> {
  const headers = { "x-api-key": key, "content-type": "application/json" };
  const body = JSON.stringify(report);
  for (let turn = Math.floor(Math.random() * urls.length); ; turn++) {
    const url = urls[turn % urls.length] ?? "";
    const signal = AbortSignal.timeout(3000);
    const answer = await fetch(url, { method: "POST", headers, body, signal }).catch(() => null);
    const text = await answer?.text().catch(() => null);
    if (answer?.status === 202 && text) return JSON.parse(text).results[0].alertId;
    if (answer && answer.status < 500 && answer.status !== 202) throw new Error(`${answer.status}: ${text}`);
    await sleep(50);
  }
}

async function retry(act: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    try {
      await act();
      return;
    } catch {
      await sleep(50);
    }
  }
  throw new Error("An alert could not be triaged in 200 tries.");
}
