import type { ClaimedLine, PostJob } from "../outbox/claim-line.ts";
import type { SlackClient } from "../slack/client/slack-client.ts";
import { SlackFault } from "../slack/client/slack-fault.ts";
import { mirrorScopes } from "../slack/scopes.ts";
import type { Deps } from "../outbox/deps.ts";
import { type Look, lookAfterFault } from "../deliver/slack-bot/lost/look-after-fault.ts";

/** Slack's clock and the database's may differ by this much. */
const clockSkewMs = 60_000;
/** Of 200 messages each. A busier channel than that is not read to its end: the second post says what it is. */
const mostPages = 5;

/** A delivery, or a digest by its own id in its place: their metadata say it alike. */
type Lost = Pick<PostJob, "deliveryId" | "unsureSince" | "seenTs">;

/**
 * Looks for the card of a delivery whose answer was lost: where Slack's event or a click has shown it, else
 * in the channel's history if the installation may read that. A fault that passes is thrown.
 */
export async function findLostCard(deps: Deps, line: ClaimedLine, job: Lost): Promise<Look> {
  if (job.seenTs) return { kind: "found", ts: job.seenTs };
  if (!job.unsureSince) return { kind: "nowhere" };
  // Which of them this channel asks for, Slack knows: private ones have a scope of their own.
  if (!mirrorScopes.some(({ name }) => line.scopes.includes(name))) return { kind: "nowhere" };
  const oldest = (job.unsureSince.getTime() - clockSkewMs) / 1000;
  try {
    const client = await deps.clientFor(line.installationId);
    const ts = await search(client, {
      channel: line.channelId,
      oldest: oldest.toFixed(6),
      deliveryId: job.deliveryId,
      botUserId: line.botUserId,
    });
    return ts === null ? { kind: "nowhere" } : { kind: "found", ts };
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    const look = lookAfterFault(fault, job.unsureSince, deps.clock());
    if (look.kind === "failed") throw fault;
    return look;
  }
}

interface Wanted {
  channel: string;
  oldest: string;
  deliveryId: string;
  botUserId: string | null;
}

async function search(client: SlackClient, { channel, oldest, ...of }: Wanted): Promise<string | null> {
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const { messages, next } = await client.conversationsHistory({ channel, oldest, cursor });
    // Any app may write our metadata: only our own messages count.
    const card = messages.find(
      ({ user, deliveryId }) => user === of.botUserId && deliveryId === of.deliveryId,
    );
    if (card) return card.ts;
    if (next === null) return null;
    cursor = next;
  }
  return null;
}
