import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { SlackClient } from "../slack/client/slack-client.ts";
import { SlackFault } from "../slack/client/slack-fault.ts";

/** What is looked for, where, and how far back. */
interface Search {
  channel: string;
  /** Of a thread; absent for the channel itself. */
  threadTs?: string;
  since: Date;
  botUserId: string;
  /** The ids in the metadata of the messages. */
  wanted: ReadonlySet<string>;
}

export type Seen =
  | {
      kind: "read" /** `ts` by id. */;
      found: Map<string, string> /** The digests that are there. */;
      digests: Set<string>;
    }
  /** Slack doesn't let the app read there; `code` is its answer. */
  | { kind: "unreadable"; code: string };

/** The maximum difference between Slack's clock and the database's. */
const clockSkewMs = 60_000;

/** Reads everything that the bot has posted there since then. Waits as Slack asks; throws if Slack can't be asked. */
export async function lookInSlack(client: SlackClient, search: Search): Promise<Seen> {
  const { channel, threadTs, since, botUserId, wanted } = search;
  const oldest = ((since.getTime() - clockSkewMs) / 1000).toFixed(6);
  const found = new Map<string, string>();
  const digests = new Set<string>();
  let cursor: string | undefined;
  do {
    const at = { channel, oldest, cursor };
    const page = await patiently(() =>
      threadTs === undefined
        ? client.conversationsHistory(at)
        : client.conversationsReplies({ ...at, ts: threadTs }),
    );
    if ("unreadable" in page) return { kind: "unreadable", code: page.unreadable };
    // Any app can write such metadata, so only the bot's own messages count.
    for (const { ts, deliveryId, blockIds } of page.messages.filter(({ user }) => user === botUserId)) {
      if (deliveryId && wanted.has(deliveryId)) found.set(deliveryId, ts);
      for (const id of blockIds.flatMap(digestOf)) digests.add(id);
    }
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return { kind: "read", found, digests };
}

/** The digest that a block's id names. */
function digestOf(blockId: string): string[] {
  const [what, id] = blockId.split(":");
  return what === "digest" && z.uuid().safeParse(id).success && id ? [id] : [];
}

const maxTries = 6;

async function patiently<T extends object>(call: () => Promise<T>): Promise<T | { unreadable: string }> {
  for (let failures = 0; ; ) {
    try {
      return await call();
    } catch (fault) {
      if (!(fault instanceof SlackFault)) throw fault;
      const { kind, code, retryAfterSeconds } = fault;
      if (kind !== "rate" && kind !== "passing") return { unreadable: code };
      if (kind === "passing" && ++failures === maxTries)
        throw new Error(
          `Slack can't be asked what was posted (${code}). What it was asked so far is kept: try again later.`,
          { cause: fault },
        );
      await sleep((kind === "rate" ? (retryAfterSeconds ?? 1) : 2 ** failures / 4) * 1000);
    }
  }
}
