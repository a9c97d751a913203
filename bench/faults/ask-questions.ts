import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Fleet } from "../fleet/fleet.ts";

const pauseMs = 700;

const newest = z.object({ results: z.array(z.object({ id: z.string() })) });

/**
 * Asks a question in the channel of the newest alert again and again until `mayEnd`, and returns the questions that were
 * acknowledged. An unanswered request may have asked its question, so each has its own text.
 */
export async function askQuestions(
  { api, setup }: Pick<Fleet, "api" | "setup">,
  mayEnd: () => boolean,
): Promise<string[]> {
  const acknowledged: string[] = [];
  for (let n = 0; !mayEnd(); n++) {
    await sleep(pauseMs);
    const question = `Question ${n}, was this you?`;
    const channel = setup.channels[n % setup.channels.length]?.id;
    const asked = await ask(api, { question, to: [{ channel }] }).catch(() => false);
    if (asked) acknowledged.push(question);
  }
  return acknowledged;
}

/** False before the first alert. */
async function ask(api: Fleet["api"], body: object): Promise<boolean> {
  const { results } = newest.parse(await api("GET", "/alerts?limit=1"));
  const [alert] = results;
  if (!alert) return false;
  await api("POST", `/alerts/${alert.id}/boomerangs`, body);
  return true;
}
