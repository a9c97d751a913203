import { expect } from "vitest";
import type { Story } from "./tocsin/story.ts";

/** Slack shows cards a moment before Tocsin has written down that they stand; people are never that quick. */
export async function untilSent({ api }: Pick<Story, "api">, alertId: string): Promise<void> {
  const states = async () =>
    (await api("GET", `/alerts/${alertId}`)).body.deliveries.map(({ state }: { state: string }) => state);
  await expect.poll(async () => [...new Set(await states())]).toEqual(["sent"]);
}
