import { type Kysely, sql } from "kysely";
import type { Database } from "../../db/connect.ts";
import type { Tables } from "../../db/tables/tables.ts";
import type { SlackClient } from "../../slack/client/slack-client.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import type { SlackChannel } from "../../slack/client/workspace.ts";

/** The workspace of a list. */
export interface ListKey {
  installationId: string;
  /** A workspace of an organisation's installation; empty for a workspace's own installation. */
  teamId: string;
}

export interface ListedChannel {
  id: string;
  name: string;
  private: boolean;
  sharedOutside: boolean;
}

export interface ListState {
  readAt: Date | null;
  reading: boolean;
  /** Slack's error code if the last reading failed. */
  fault: string | null;
  count: number;
}

/** A reader that has not renewed its claim for this long is dead. Its longest wait between pages is half of this. */
const leaseSeconds = 120;

/** Claims the reading of a list. False while another node reads it. */
export async function claimList(db: Kysely<Tables>, { installationId, teamId }: ListKey): Promise<boolean> {
  const { rows } = await sql`
    insert into slack_channel_lists as l (installation_id, team_id, reading_until)
    values (${installationId}, ${teamId}, now() + make_interval(secs => ${leaseSeconds}))
    on conflict (installation_id, team_id) do update set reading_until = excluded.reading_until, fault = null
      where l.reading_until is null or l.reading_until < now()
    returning 1`.execute(db);
  return rows.length > 0;
}

/** Stores one page and renews the claim. */
async function storePage(
  db: Kysely<Tables>,
  { installationId, teamId }: ListKey,
  channels: SlackChannel[],
): Promise<void> {
  const named = channels.filter(({ name }) => name !== null);
  await sql`
    insert into slack_channels (installation_id, team_id, id, name, private, shared_outside, seen_at)
    select ${installationId}, ${teamId}, c.id, c.name, c.private, c.shared, now()
    from unnest(${named.map(({ id }) => id)}::text[], ${named.map(({ name }) => name)}::text[],
      ${named.map((one) => one.private)}::boolean[], ${named.map((one) => one.sharedOutside)}::boolean[])
      as c (id, name, private, shared)
    on conflict (installation_id, team_id, id) do update set name = excluded.name,
      private = excluded.private, shared_outside = excluded.shared_outside, seen_at = excluded.seen_at`.execute(
    db,
  );
  await sql`
    update slack_channel_lists set reading_until = now() + make_interval(secs => ${leaseSeconds})
    where installation_id = ${installationId} and team_id = ${teamId}`.execute(db);
}

/** Releases the claim: deletes channels not seen since `from`, or stores the fault that ended the reading. */
async function endReading(
  db: Kysely<Tables>,
  { installationId, teamId }: ListKey,
  ended: { from: Date } | { fault: string },
): Promise<void> {
  const fault = "fault" in ended ? ended.fault : null;
  if ("from" in ended)
    await sql`
      delete from slack_channels
      where installation_id = ${installationId} and team_id = ${teamId} and seen_at < ${ended.from}`.execute(
      db,
    );
  await sql`
    update slack_channel_lists set reading_until = null, fault = ${fault},
      read_at = case when ${fault}::text is null then now() else read_at end
    where installation_id = ${installationId} and team_id = ${teamId}`.execute(db);
}

export async function listState(db: Kysely<Tables>, { installationId, teamId }: ListKey): Promise<ListState> {
  const { rows } = await sql<ListState>`
    select read_at as "readAt", coalesce(reading_until > now(), false) as reading, fault,
      (select count(*)::int from slack_channels c
        where c.installation_id = l.installation_id and c.team_id = l.team_id) as count
    from slack_channel_lists l where installation_id = ${installationId} and team_id = ${teamId}`.execute(db);
  return rows[0] ?? { readAt: null, reading: false, fault: null, count: 0 };
}

/** All listed channels of a workspace, which similar-name search needs; 10,000 are a few hundred kilobytes. */
export async function listedChannels(
  db: Kysely<Tables>,
  { installationId, teamId }: ListKey,
): Promise<ListedChannel[]> {
  const { rows } = await sql<ListedChannel>`
    select id, name, private, shared_outside as "sharedOutside" from slack_channels
    where installation_id = ${installationId} and team_id = ${teamId} order by name`.execute(db);
  return rows;
}

interface Parts {
  db: Database;
  client: Pick<SlackClient, "conversationsList">;
  wait: (seconds: number) => Promise<void>;
}

/** Slack allows 20 pages a minute; some are left for forms. */
const secondsBetweenPages = 4;
/** Reading gives up if Slack asks for a longer wait; a channel can still be found by its id. */
const maxWaitSeconds = 60;
const maxWaits = 20;

/** Reads all channels of a workspace at Slack's rate, unless another node does; 10,000 take under a minute. */
export async function readList({ db, client, wait }: Parts, key: ListKey): Promise<void> {
  if (!(await claimList(db.kysely, key))) return;
  const { rows } = await sql<{ now: Date }>`select now()`.execute(db.kysely);
  const from = rows[0]?.now ?? new Date(0);
  let cursor: string | undefined;
  let waits = 0;
  do {
    try {
      const { channels, next } = await client.conversationsList(cursor);
      await storePage(db.kysely, key, channels);
      cursor = next ?? undefined;
      if (cursor) await wait(secondsBetweenPages);
    } catch (fault) {
      if (!(fault instanceof SlackFault)) throw fault;
      const seconds = fault.retryAfterSeconds;
      if (seconds === null || seconds > maxWaitSeconds || ++waits > maxWaits)
        return endReading(db.kysely, key, { fault: fault.code });
      await wait(seconds);
      // Ask for the refused page again; the first page has no cursor, so an empty one keeps the loop going.
      cursor ??= "";
    }
  } while (cursor !== undefined);
  await endReading(db.kysely, key, { from });
}
