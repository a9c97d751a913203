import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Slack } from "../../simulator/story/story.ts";
import { page } from "../../src/api/page.ts";
import { destinationBody } from "../../src/deliver/destinations/any-type.ts";
import type { Api } from "./api.ts";
import { planNow } from "./plan-week.ts";
import { type DemoContext, play } from "./play.ts";
import { bucketMadePublic, openPort, portProbe, stolenCredentials } from "./recipes/cloud.ts";
import { secretPushed } from "./recipes/code.ts";
import { memoryRead, sshGuessing } from "./recipes/endpoint.ts";
import { impossibleTravel, newDevice, policyChanged } from "./recipes/identity.ts";
import { certificateExpires } from "./recipes/platform.ts";
import { type Random, seededRandom } from "./seeded.ts";

const urgent = [secretPushed, stolenCredentials, bucketMadePublic, memoryRead, impossibleTravel];
const others = [policyChanged, newDevice, certificateExpires, sshGuessing, openPort, portProbe];

/**
 * Sends today's alerts, which get cards in the simulator, and lets Ada and Grace triage some of them there. Resolves
 * when everything is posted, after about 10 s at one message per second and channel.
 */
export async function playToday(context: DemoContext, slack: Slack, seed: number): Promise<void> {
  const random: Random = seededRandom(seed);
  await playAll(context, others, random);
  const [, , bucket, memory, travel] = await playAll(context, urgent, random);
  const security = slack.channel("#security");
  const longTimeout = { timeoutMs: 30_000 };
  const card = async (title = "") => security.expectCard(title, longTimeout);
  await (await card(bucket)).choose("Status", "Resolved", {
    as: "grace",
    comment: "Block Public Access is back on; it held press pictures only",
  });
  await (await card(travel)).menu("Assign to me", { as: "ada" });
  await (await card(memory)).choose("Status", "Triaged", { as: "ada" });
  await (await card(memory)).expectReply("Ada triaged", longTimeout);
  await (await card(travel)).expectReply("Ada took", longTimeout);
  await untilNothingWaits(context.analysts.ada.api);
}

async function playAll(context: DemoContext, recipes: typeof urgent, random: Random): Promise<string[]> {
  const titles: string[] = [];
  for (const planned of planNow(recipes, new Date(), random)) {
    await play(context, planned);
    titles.push(titled.parse(planned.report.body).title);
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
  // Wait for the channel's rate limit, so that the visitor's first card is posted at once.
  await sleep(1_100);
}
