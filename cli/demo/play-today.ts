import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Slack } from "../../simulator/story/story.ts";
import { page } from "../../src/api/page.ts";
import { destinationBody } from "../../src/deliver/contract.ts";
import type { Api } from "./api.ts";
import { planNow } from "./plan-week.ts";
import { play, type Stage } from "./play.ts";
import { bucketMadePublic, openPort, stolenCredentials } from "./recipes/cloud.ts";
import { secretPushed } from "./recipes/code.ts";
import { memoryRead, sshGuessing } from "./recipes/endpoint.ts";
import { impossibleTravel, newDevice, policyChanged } from "./recipes/identity.ts";
import { certificateExpires } from "./recipes/platform.ts";
import { type Random, seeded } from "./seeded.ts";

const urgent = [secretPushed, stolenCredentials, bucketMadePublic, memoryRead, impossibleTravel];
const others = [policyChanged, newDevice, certificateExpires, sshGuessing, openPort];

/**
 * Sends the alerts of this minute, which have cards in the pretend Slack, and lets Ada and Grace triage some of
 * them there. Resolves once Slack has been told everything: at a message per second and channel, in 10 s.
 */
export async function playToday(stage: Stage, slack: Slack, seed: number): Promise<void> {
  const random: Random = seeded(seed);
  await playAll(stage, others, random);
  const [, , bucket, memory, travel] = await playAll(stage, urgent, random);
  const security = slack.channel("#security");
  const patience = { timeoutMs: 30_000 };
  const card = async (title = "") => security.expectCard(title, patience);
  await (await card(bucket)).choose("Status", "Resolved", {
    as: "grace",
    comment: "Block Public Access is back on; it held press pictures only",
  });
  await (await card(travel)).menu("Assign to me", { as: "ada" });
  await (await card(memory)).choose("Status", "Triaged", { as: "ada" });
  await (await card(memory)).expectReply("Ada triaged", patience);
  await (await card(travel)).expectReply("Ada took", patience);
  await untilNothingWaits(stage.analysts.ada.api);
}

async function playAll(stage: Stage, recipes: typeof urgent, random: Random): Promise<string[]> {
  const titles: string[] = [];
  for (const planned of planNow(recipes, new Date(), random)) {
    await play(stage, planned);
    titles.push(titled.parse(planned.told.body).title);
  }
  return titles;
}

const titled = z.object({ title: z.string().default("") });
const destinations = page(destinationBody);

async function untilNothingWaits(api: Api): Promise<void> {
  for (;;) {
    const { results } = await api("GET", "/destinations", { answer: destinations });
    if (results.every(({ waiting }) => waiting === 0)) break;
    await sleep(200);
  }
  // The next card, which somebody is about to send, shall not wait for the channel's second to be over.
  await sleep(1_100);
}
