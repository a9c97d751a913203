import { type Kysely, sql } from "kysely";
import type { Database } from "../../db/connect.ts";
import type { Tables } from "../../db/tables/tables.ts";
import type { SlackClient } from "../../slack/client/slack-client.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import type { SlackChannel } from "../../slack/client/workspace.ts";

/** Where a list is from: an installation, and on an organisation's one of its workspaces. */
export interface ListPlace {
  installationId: string;
  /** Empty on a workspace's own installation. */
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
  /** Slack's word for why it couldn't be read to its end. */
  fault: string | null;
  count: number;
}

/** A reader that says nothing for this long has died. It waits for Slack's rate at most half of it. */
const leaseSeconds = 120;

/** Makes the caller the one that reads the list; false while another does. */
export async function claimList(db: Kysely<Tables>, { installationId, teamId }: ListPlace): Promise<boolean> {
  const { rows } = await sql`
    insert into slack_channel_lists as l (installation_id, team_id, reading_until)
    values (${installationId}, ${teamId}, now() + make_interval(secs => ${leaseSeconds}))
    on conflict (installation_id, team_id) do update set reading_until = excluded.reading_until, fault = null
      where l.reading_until is null or l.reading_until < now()
    returning 1`.execute(db);
  return rows.length > 0;
}

/** Keeps one page of what was read, and the claim. */
async function keepPage(
  db: Kysely<Tables>,
  { installationId, teamId }: ListPlace,
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

/** The list was read to its end, and what wasn't seen since `from` is gone; or Slack's word for why not. */
async function endReading(
  db: Kysely<Tables>,
  { installationId, teamId }: ListPlace,
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

export async function listState(
  db: Kysely<Tables>,
  { installationId, teamId }: ListPlace,
): Promise<ListState> {
  const { rows } = await sql<ListState>`
    select read_at as "readAt", coalesce(reading_until > now(), false) as reading, fault,
      (select count(*)::int from slack_channels c
        where c.installation_id = l.installation_id and c.team_id = l.team_id) as count
    from slack_channel_lists l where installation_id = ${installationId} and team_id = ${teamId}`.execute(db);
  return rows[0] ?? { readAt: null, reading: false, fault: null, count: 0 };
}

/** Every name is read: 10,000 are a few hundred kilobytes, and near names need them all. */
export async function listedChannels(
  db: Kysely<Tables>,
  { installationId, teamId }: ListPlace,
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
