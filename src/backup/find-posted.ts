import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Severity } from "../alert/alert.ts";
import type { Database } from "../db/connect.ts";
import { transaction } from "../db/transaction.ts";
import { settlePost } from "../deliver/slack-bot/settle-card.ts";
import type { ClaimedLine, PostJob } from "../outbox/claim-line.ts";
import { release } from "../outbox/deliveries.ts";
import type { Deps } from "../outbox/deps.ts";
import { SlackFault } from "../slack/client/slack-fault.ts";
import { lookInSlack, type Seen } from "./look-in-slack.ts";

type LookDeps = Pick<Deps, "db" | "pace" | "meter" | "clock" | "log" | "clientFor">;

/** A line of a channel in which something was unsent when the backup was taken. */
interface Line {
  key: string;
  installationId: string;
  channelId: string;
  botUserId: string;
  repairs: number;
  fault: string | null;
  /** When the first attempt was that may have been posted, at the latest when the backup was taken. */
  since: Date;
  deliveries: { id: string; alertId: string; destinationId: string; severity: Severity; createdAt: string }[];
  /** Digests, questions to a channel and notices. */
  messages: string[];
}

export interface Looked {
  /** Cards and other messages that were posted after the backup was taken. */
  found: number;
  /** Lines that can't be read, with Slack's answer. */
  unreadable: { key: string; code: string }[];
  /** Lines with a digest that was posted after the backup was taken. */
  withDigest: string[];
}

/** Looks in each channel for what was posted of the unsent since the backup was taken, and writes it down as posted. */
export async function findPosted(deps: LookDeps, takenAt: Date): Promise<Looked> {
  const looked: Looked = { found: 0, unreadable: [], withDigest: [] };
  for (const line of await unsentLines(deps.db, takenAt)) {
    const { key, channelId: channel, since, botUserId } = line;
    const wanted = new Set([...line.deliveries.map(({ id }) => id), ...line.messages]);
    const seen = await look(deps, line.installationId, { channel, since, botUserId, wanted });
    if (seen.kind === "unreadable") {
      looked.unreadable.push({ key, code: seen.code });
      continue;
    }
    if (await hasUnknown(deps.db, seen.digests)) looked.withDigest.push(key);
    looked.found += await adopt(deps, line, seen.found);
  }
  looked.found += await findReplies(
    deps,
    takenAt,
    looked.unreadable.map(({ key }) => key),
  );
  return looked;
}

async function look(
  { clientFor }: Pick<Deps, "clientFor">,
  installationId: string,
  search: Parameters<typeof lookInSlack>[1],
): Promise<Seen> {
  try {
    return await lookInSlack(await clientFor(installationId), search);
  } catch (fault) {
    // There is no token.
    if (fault instanceof SlackFault) return { kind: "unreadable", code: fault.code };
    throw fault;
  }
}

async function unsentLines({ kysely }: Database, takenAt: Date): Promise<Line[]> {
  const { rows } = await sql<Line>`
    with unsent as (
      select line, null as message, coalesce(unsure_since, case when state = 'sending' or maybe_posted then last_attempt_at end) as since,
        json_build_object('id', id, 'alertId', alert_id, 'destinationId', destination_id, 'severity', severity,
          'createdAt', created_at) as delivery
      from deliveries where state in ('waiting', 'sending', 'held')
      union all
      select line, id, coalesce(unsure_since, case when state = 'posting' then attempted_at end), null
      from messages where state in ('due', 'posting') and kind in ('digest', 'question', 'bulk-notice')
    )
    select l.key, l.installation_id as "installationId", l.channel_id as "channelId", l.repairs, l.fault,
      i.bot_user_id as "botUserId", least(min(u.since), ${takenAt}::timestamptz) as since,
      coalesce(json_agg(u.delivery) filter (where u.delivery is not null), '[]') as deliveries,
      coalesce(json_agg(u.message) filter (where u.message is not null), '[]') as messages
    from lines l join installations i on i.id = l.installation_id join unsent u on u.line = l.key
    where l.destination_type = 'slack-bot' and not l.of_person
    group by l.key, i.bot_user_id order by l.key`.execute(kysely);
  return rows;
}

async function hasUnknown({ kysely }: Database, digests: ReadonlySet<string>): Promise<boolean> {
  const { rows } = await sql`
    select from unnest(${[...digests]}::uuid[]) as seen(id) where id not in (select id from digests) limit 1`.execute(
    kysely,
  );
  return rows.length > 0;
}

/** Writes down what was found. Other messages are settled by their line, as after any lost answer. */
async function adopt(deps: LookDeps, line: Line, found: Map<string, string>): Promise<number> {
  for (const delivery of line.deliveries) {
    const ts = found.get(delivery.id);
    if (ts !== undefined) await adoptCard(deps, line, { delivery, ts });
  }
  for (const id of line.messages.filter((one) => found.has(one)))
    await sql`update messages set seen_ts = ${found.get(id)}, unsure_since = coalesce(unsure_since, created_at)
      where id = ${id}`.execute(deps.db.kysely);
  return found.size;
}

async function adoptCard(
  deps: LookDeps,
  line: Line,
  { delivery, ts }: { delivery: Line["deliveries"][number]; ts: string },
): Promise<void> {
  await release({ where: sql`d.id = ${delivery.id}` }).execute(deps.db.kysely);
  const createdAt = new Date(delivery.createdAt);
  const unknown = { attempts: 0, unsureSince: null, seenTs: ts, drawStep: 0, error: null };
  const job: PostJob = { ...delivery, ...unknown, kind: "post", createdAt, waitingSince: createdAt };
  const card = { id: uuidv7(), ts, permalink: null };
  await settlePost(deps, claimOf(line, job), { job, card, how: { kind: "found" } });
  await takeThreadAsTold(deps.db, sql`c.alert_id = ${delivery.alertId} and c.line = ${line.key}`);
}

/** A claim that is none: nobody else works on the line. */
function claimOf(
  { key, installationId, channelId, botUserId, repairs, fault }: Line,
  job: PostJob,
): ClaimedLine {
  return {
    ...{ key, installationId, channelId, botUserId, repairs, fault, job },
    ...{ lease: randomUUID(), claimedAt: performance.now(), ofPerson: false, scopes: null },
    ...{ refused: { code: null, ids: [] }, faultsInARow: 0, digestId: null, waiting: 0 },
  };
}

/** A node that posted a card or reply after the backup was taken has told there what the backup knows. */
async function takeThreadAsTold(db: Database, cards: ReturnType<typeof sql>): Promise<void> {
  await transaction(db, async (tx) => {
    await sql`update cards c set told_seq = a.history_seq from alerts a where a.id = c.alert_id and ${cards}`.execute(
      tx,
    );
    await sql`delete from messages m using cards c where m.parent_id = c.id and m.kind = 'reply' and ${cards}`.execute(
      tx,
    );
  });
}

/** Looks for the replies that waited; one that can't be looked for counts as posted. */
async function findReplies(deps: LookDeps, takenAt: Date, unreadable: string[]): Promise<number> {
  const { rows } = await sql<{
    id: string;
    cardId: string;
    line: string;
    installationId: string;
    channel: string;
    threadTs: string;
    botUserId: string;
    since: Date;
  }>`
    select m.id, c.id as "cardId", c.line, m.installation_id as "installationId", c.channel_id as channel, c.ts as "threadTs",
      i.bot_user_id as "botUserId", least(coalesce(m.unsure_since, m.attempted_at), ${takenAt}::timestamptz) as since
    from messages m join cards c on c.id = m.parent_id join installations i on i.id = m.installation_id
    where m.kind = 'reply' and m.created_at <= ${takenAt}::timestamptz`.execute(deps.db.kysely);
  let found = 0;
  for (const { id, cardId, line, installationId, ...place } of rows) {
    const seen = unreadable.includes(line)
      ? null
      : await look(deps, installationId, { ...place, wanted: new Set([id]) });
    if (seen?.kind === "read" && !seen.found.has(id)) continue;
    await takeThreadAsTold(deps.db, sql`c.id = ${cardId}`);
    found += seen?.kind === "read" ? 1 : 0;
  }
  return found;
}
