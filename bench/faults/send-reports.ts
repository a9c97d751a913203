import { setTimeout as sleep } from "node:timers/promises";
import type { Fleet } from "../fleet/fleet.ts";

const atOnce = 8;
/**
 * One in so many alerts is triaged soon after, so that cards have something to follow: twice as many as there are faults
 * of edits, and no divisor of the channels, so that they lie in all of them.
 */
const triagedOneIn = 3;

/**
 * Sends `reports` reports of as many detections over all channels within `seconds`, and goes on at that pace until
 * it `mayEnd`; each to any node and again until it is acknowledged, as a tool with retries would. Gives back the
 * titles that were.
 */
export async function sendReports(
  { arranged, origins, api }: Fleet,
  { reports, seconds, mayEnd }: { reports: number; seconds: number; mayEnd: () => boolean },
): Promise<string[]> {
  const { channels, key, ingestPath } = arranged;
  const acknowledged: string[] = [];
  const begun = performance.now();
  let next = 0;
  const sender = async () => {
    for (let n = next++; n < reports || !mayEnd(); n = next++) {
      await sleep(Math.max(0, (n / reports) * seconds * 1000 - (performance.now() - begun)));
      const title = `Report ${n} of a storm`;
      const logTypes = [channels[n % channels.length]?.logType];
      const report = { title, severity: "HIGH", detection: { id: `Load.${n}` }, logTypes };
      const id = await untilTaken(
        origins.map((origin) => origin + ingestPath),
        key,
        report,
      );
      acknowledged.push(title);
      if (n % triagedOneIn === 0) await untilDone(() => api("PATCH", `/alerts/${id}`, { status: "TRIAGED" }));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, sender));
  return acknowledged;
}

async function untilTaken(urls: string[], key: string, report: object): Promise<string> {
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

async function untilDone(act: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    try {
      await act();
      return;
    } catch {
      await sleep(50);
    }
  }
  throw new Error("an alert could not be triaged in 200 tries");
}
