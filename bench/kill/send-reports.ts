import { setTimeout as sleep } from "node:timers/promises";
import type { Arranged } from "../server/set-up.ts";

const atOnce = 8;

/**
 * Sends `count` reports of as many detections over all channels within `seconds`, each until it is
 * acknowledged, as a tool with retries would. Gives back the titles that were.
 */
export async function sendReports(
  { ingestUrl, key, channels }: Arranged,
  { count, seconds }: { count: number; seconds: number },
): Promise<string[]> {
  const acknowledged: string[] = [];
  const begun = performance.now();
  let next = 0;
  const sender = async () => {
    for (let n = next++; n < count; n = next++) {
      await sleep(Math.max(0, (n / count) * seconds * 1000 - (performance.now() - begun)));
      const title = `Report ${n} of a storm`;
      const logTypes = [channels[n % channels.length]?.logType];
      await untilTaken(ingestUrl, key, { title, severity: "HIGH", detection: { id: `Load.${n}` }, logTypes });
      acknowledged.push(title);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, sender));
  return acknowledged;
}

async function untilTaken(url: string, key: string, report: object): Promise<void> {
  const headers = { "x-api-key": key, "content-type": "application/json" };
  for (;;) {
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(report) }).catch(
      () => null,
    );
    if (answer?.status === 202) return;
    if (answer && answer.status < 500) throw new Error(`${answer.status}: ${await answer.text()}`);
    await sleep(50);
  }
}
