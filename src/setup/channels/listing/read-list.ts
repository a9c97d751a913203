import { sql } from "kysely";
import type { Database } from "../../../db/connect.ts";
import type { SlackClient } from "../../../slack/client/slack-client.ts";
import { SlackFault } from "../../../slack/client/slack-fault.ts";
import { claimList, endReading, keepPage, type ListPlace } from "../../../connect/channels/channel-list.ts";

interface Parts {
  db: Database;
  client: Pick<SlackClient, "conversationsList">;
  wait: (seconds: number) => Promise<void>;
}

/** Slack allows 20 pages a minute, and people at forms need some of them. */
const secondsBetweenPages = 4;
/** One that Slack bids wait for longer isn't worth it: whoever looks for a channel pastes its id. */
const longestWaitSeconds = 60;
const mostWaits = 20;

/** Reads all channels of a workspace at Slack's rate, unless another node does. 10,000 take under a minute. */
export async function readList({ db, client, wait }: Parts, place: ListPlace): Promise<void> {
  if (!(await claimList(db.kysely, place))) return;
  const { rows } = await sql<{ now: Date }>`select now()`.execute(db.kysely);
  const from = rows[0]?.now ?? new Date(0);
  let cursor: string | undefined;
  let waits = 0;
  do {
    try {
      const { channels, next } = await client.conversationsList(cursor);
      await keepPage(db.kysely, place, channels);
      cursor = next ?? undefined;
      if (cursor) await wait(secondsBetweenPages);
    } catch (fault) {
      if (!(fault instanceof SlackFault)) throw fault;
      const seconds = fault.retryAfterSeconds;
      if (seconds === null || seconds > longestWaitSeconds || ++waits > mostWaits)
        return endReading(db.kysely, place, { fault: fault.code });
      await wait(seconds);
      // The page that was refused is asked for again; a first one has no cursor to say so.
      cursor ??= "";
    }
  } while (cursor !== undefined);
  await endReading(db.kysely, place, { from });
}
