import { sql } from "kysely";
import { transaction } from "../db/transaction.ts";
import type { ClaimedLine, PostJob } from "../outbox/claim-line.ts";
import type { Deps } from "../outbox/deps.ts";
import { releaseLine } from "../outbox/lines.ts";
import type { SlackClient } from "../slack/client/slack-client.ts";
import { type FaultFacts, SlackFault } from "../slack/client/slack-fault.ts";
import { metadataScope, mirrorScopes } from "../slack/scopes.ts";

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

/**
 * After a lost answer, how long Slack's event gets to say that the card stands: no time where Slack doesn't
 * send it. How late it may be is not documented; mostly it comes within two seconds, and an alert that did
 * not arrive waits so long for nothing.
 */
export function hearingSeconds(grantedScopes: readonly string[]): number {
  return grantedScopes.includes(metadataScope.name) ? 5 : 0;
}

/** What came of looking for a card whose answer was lost. */
type Look =
  | { kind: "found"; ts: string }
  /** It isn't there, or nobody may look. */
  | { kind: "nowhere" }
  | { kind: "later"; seconds: number };

/** An alert is not kept back for longer than this because Slack limits how often we may look. */
const patienceMs = 2 * 60_000;

/** What a fault of the look-up means for a card that may have stood since `unsureSince`. */
export function lookAfterFault(
  fault: Pick<FaultFacts, "kind" | "retryAfterSeconds">,
  unsureSince: Date,
  now: Date,
): Look | { kind: "failed" } {
  switch (fault.kind) {
    case "rate": {
      const seconds = fault.retryAfterSeconds ?? 1;
      const tooLate = now.getTime() + seconds * 1000 > unsureSince.getTime() + patienceMs;
      return tooLate ? { kind: "nowhere" } : { kind: "later", seconds };
    }
    case "passing":
      return { kind: "failed" };
    // This channel may not be read; whether it may be posted in, the post itself finds out.
    case "setup":
    case "content":
    case "gone":
      return { kind: "nowhere" };
    default:
      return fault.kind satisfies never;
  }
}

/** Puts a delivery back until its card can be looked for; the others of its line go on. */
export async function lookLater(
  deps: Deps,
  line: ClaimedLine,
  { job, seconds }: { job: PostJob; seconds: number },
): Promise<void> {
  await transaction(deps.db, async (tx) => {
    await sql`
      update deliveries set state = 'waiting', attempts = attempts - 1,
        run_at = case when seen_ts is null then now() + make_interval(secs => ${seconds}) else now() end
      where id = ${job.deliveryId} and state = 'sending'
        and exists (select from lines where key = ${line.key} and leased_by = ${deps.me})`.execute(tx);
    await releaseLine(tx, deps, { key: line.key, end: { kind: "unused" } });
  });
}
