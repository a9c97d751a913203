import type { ClaimedLine, Posting } from "../outbox/claim-line.ts";
import type { Deps } from "../outbox/deps.ts";
import type { SlackClient } from "../slack/client/slack-client.ts";
import { type FaultFacts, SlackFault } from "../slack/client/slack-fault.ts";
import { type GrantedScopes, metadataScope } from "../slack/scopes.ts";

/** The maximum difference between Slack's clock and the database's. */
const clockSkewMs = 60_000;
/**
 * Pages have 200 messages. In busier channels the search may miss the message; the second one then says that it
 * may be a repeat.
 */
const maxPages = 5;

type Lost = Pick<Posting, "id" | "unsureSince" | "seenTs"> & {
  channel: string;
  /** The thread of a reply. */
  threadTs: string | undefined;
};

/**
 * Looks for a message whose answer was lost: first in what events and clicks have shown, then in the history of its
 * channel or thread if a scope allows it. Throws passing faults.
 */
export async function findLost(
  deps: Pick<Deps, "clientFor" | "clock">,
  { scopes, installationId, botUserId }: Pick<ClaimedLine, "scopes" | "installationId" | "botUserId">,
  { id, unsureSince, seenTs, channel, threadTs }: Lost,
): Promise<LookupResult> {
  if (seenTs) return { kind: "found", ts: seenTs };
  if (!unsureSince) return { kind: "not-found" };
  // Public and private channels and direct messages need different scopes; Slack checks which one applies.
  if (scopes && !scopes.some((scope) => scope.endsWith(":history"))) return { kind: "not-found" };
  const oldest = (unsureSince.getTime() - clockSkewMs) / 1000;
  try {
    const client = await deps.clientFor(installationId);
    const ts = await search(client, {
      channel,
      oldest: oldest.toFixed(6),
      threadTs,
      id,
      botUserId,
    });
    return ts === null ? { kind: "not-found" } : { kind: "found", ts };
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    const lookup = lookupAfterFault(fault, unsureSince, deps.clock());
    if (lookup.kind === "failed") throw fault;
    return lookup;
  }
}

interface HistorySearch {
  channel: string;
  oldest: string;
  threadTs: string | undefined;
  id: string;
  botUserId: string | null;
}

async function search(
  client: SlackClient,
  { channel, oldest, threadTs, ...of }: HistorySearch,
): Promise<string | null> {
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const { messages, next } = await (threadTs === undefined
      ? client.conversationsHistory({ channel, oldest, cursor })
      : client.conversationsReplies({ channel, ts: threadTs, oldest, cursor }));
    // Any app can write such metadata, so only the bot's own messages count.
    const found = messages.find(({ user, deliveryId }) => user === of.botUserId && deliveryId === of.id);
    if (found) return found.ts;
    if (next === null) return null;
    cursor = next;
  }
  return null;
}

/**
 * How long to wait for Slack's `message_metadata_posted` event after a lost answer; 0 without its scope.
 * Slack documents no limit; the event mostly comes within two seconds.
 */
export function eventWaitSeconds(granted: GrantedScopes): number {
  return !granted || granted.includes(metadataScope.name) ? 5 : 0;
}

/** The result of looking for a lost message. */
type LookupResult =
  | { kind: "found"; ts: string }
  /** It isn't in Slack, or there is no way to look. */
  | { kind: "not-found" }
  | { kind: "later"; seconds: number };

/** The longest delay of a message because Slack limits lookups. */
const maxDelayMs = 2 * 60_000;

/** Decides what a failed lookup means for a message that may be in Slack since `unsureSince`. */
export function lookupAfterFault(
  fault: Pick<FaultFacts, "kind" | "retryAfterSeconds">,
  unsureSince: Date,
  now: Date,
): LookupResult | { kind: "failed" } {
  switch (fault.kind) {
    case "rate": {
      const seconds = fault.retryAfterSeconds ?? 1;
      const tooLate = now.getTime() + seconds * 1000 > unsureSince.getTime() + maxDelayMs;
      return tooLate ? { kind: "not-found" } : { kind: "later", seconds };
    }
    case "passing":
      return { kind: "failed" };
    // The channel can't be read. Whether it can be posted in is up to the post itself.
    case "setup":
    case "refused":
    case "content":
    case "gone":
      return { kind: "not-found" };
    default:
      return fault.kind satisfies never;
  }
}
