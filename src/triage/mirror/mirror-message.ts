import { sql } from "kysely";
import type { Actor } from "../../alert/alert.ts";
import type { CommentData, FileLink, HistoryEvent } from "../../alert/history-event.ts";
import type { Database } from "../../db/connect.ts";
import { prepared, type Transaction, transaction } from "../../db/transaction.ts";
import { append } from "../../history/append.ts";
import { audit } from "../../people/audit.ts";

/** News of a message in a card's thread. Of one that was deleted only that is known. */
interface Mirrored {
  thread: Pick<CardThread, "alertId" | "cardId">;
  channelId: string;
  ts: string;
  heard: Heard;
  author: Actor;
  words: { text: string; files: FileLink[] };
}

/** Keeps a message of a card's thread as a comment, and follows what becomes of it. */
export function mirrorMessage(db: Database, message: Mirrored): Promise<void> {
  return transaction(db, async (tx) => {
    // One at a time, in whatever order Slack tells of a message.
    await sql`select from alerts where id = ${message.thread.alertId} for update`.execute(tx);
    const known = await recall(tx, message);
    switch (decideMirror(known, message.heard)) {
      case "comment":
        return comment(tx, message);
      case "edit":
        return known?.seq == null ? undefined : edit(tx, message, known.seq);
      case "delete":
        return known?.seq == null ? undefined : erase(tx, message, known.seq);
      case "remember-deleted":
        return remember(tx, message, { seq: null, deleted: true });
      default:
        return;
    }
  });
}

async function recall(tx: Transaction, { channelId, ts, thread }: Mirrored): Promise<KnownMessage | null> {
  const { rows } = await sql<KnownMessage>`
    select seq, edited_ts as "editedTs", deleted from thread_messages
    where channel_id = ${channelId} and ts = ${ts} and alert_id = ${thread.alertId}`.execute(tx);
  return rows[0] ?? null;
}

async function remember(
  tx: Transaction,
  { channelId, ts, thread, heard }: Mirrored,
  { seq, deleted }: { seq: number | null; deleted: boolean },
): Promise<void> {
  const editedTs = heard.kind === "edited" ? heard.ts : null;
  await sql`
    insert into thread_messages (channel_id, ts, alert_id, seq, edited_ts, deleted)
    values (${channelId}, ${ts}, ${thread.alertId}, ${seq}, ${editedTs}, ${deleted})
    on conflict (channel_id, ts, alert_id) do update
      set edited_ts = excluded.edited_ts, deleted = excluded.deleted`.execute(tx);
}

async function comment(tx: Transaction, message: Mirrored): Promise<void> {
  const data = told(message, message.heard.kind === "edited" ? { now: "edited" } : {});
  const { seq } = await appendAudited(tx, message, { kind: "commented", data });
  await remember(tx, message, { seq, deleted: false });
}

async function edit(tx: Transaction, message: Mirrored, seq: number): Promise<void> {
  await rewrite(tx, message, { seq, to: told(message, { now: "edited" }) });
  await appendAudited(tx, message, { kind: "comment_edited", data: { ...told(message, {}), of: seq } });
  await remember(tx, message, { seq, deleted: false });
}

/** Takes the words away wherever the history has kept them. */
async function erase(tx: Transaction, message: Mirrored, seq: number): Promise<void> {
  const { thread } = message;
  const nothing: CommentData = { text: "", thread: { cardId: thread.cardId }, now: "deleted" };
  await rewrite(tx, message, { seq, to: nothing });
  await sql`
    update history set data = ${JSON.stringify(nothing)}::jsonb || jsonb_build_object('of', ${seq}::int)
    where alert_id = ${thread.alertId} and seq > ${seq} and kind = 'comment_edited'
      and (data ->> 'of')::int = ${seq}`.execute(tx);
  const data = { of: seq, thread: { cardId: thread.cardId } };
  const { rows } = await sql<Actor>`
    select actor_type as type, actor_id as id, actor_name as name from history
    where alert_id = ${thread.alertId} and seq = ${seq}`.execute(tx);
  const author = rows[0] ?? message.author;
  await appendAudited(tx, { ...message, author }, { kind: "comment_deleted", data });
  await remember(tx, message, { seq, deleted: true });
}

async function rewrite(
  tx: Transaction,
  { thread }: Mirrored,
  { seq, to }: { seq: number; to: CommentData },
): Promise<void> {
  await sql`update history set data = ${JSON.stringify(to)}::jsonb
    where alert_id = ${thread.alertId} and seq = ${seq}`.execute(tx);
}

async function appendAudited(
  tx: Transaction,
  { thread, author }: Mirrored,
  event: HistoryEvent,
): Promise<{ seq: number }> {
  const by = { actor: author, via: "slack" } as const;
  const target = { type: "alert", id: thread.alertId };
  await audit(tx, { ...by, ip: null }, { action: `alert.${event.kind}`, target });
  return append(tx, { alertId: thread.alertId, event, ...by });
}

function told({ words, thread }: Mirrored, more: Pick<CommentData, "now">): CommentData {
  const { text, files } = words;
  return { text, thread: { cardId: thread.cardId }, ...(files.length > 0 && { files }), ...more };
}

/** A message of a card's thread, as far as Tocsin has heard of it. */
interface KnownMessage {
  /** Its entry in the history; null if it was deleted before Tocsin heard what it said. */
  seq: number | null;
  editedTs: string | null;
  deleted: boolean;
}

export type Heard = { kind: "written" } | { kind: "edited"; ts: string } | { kind: "deleted" };

/**
 * What Slack's news of a message change. Slack says things again, and in any order: what comes late, or twice,
 * changes nothing.
 */
export function decideMirror(
  known: KnownMessage | null,
  heard: Heard,
): "comment" | "edit" | "delete" | "remember-deleted" | "nothing" {
  switch (heard.kind) {
    case "written":
      return known ? "nothing" : "comment";
    case "edited":
      if (!known) return "comment";
      return known.deleted || Number(known.editedTs) >= Number(heard.ts) ? "nothing" : "edit";
    case "deleted":
      if (!known) return "remember-deleted";
      return known.deleted ? "nothing" : "delete";
    default:
      return heard satisfies never;
  }
}

/** The thread of a card that is kept up to date. */
export interface CardThread {
  alertId: string;
  number: number;
  cardId: string;
  /** Whether what people write there is kept as comments. */
  mirrored: boolean;
}

/** Whose card a message of Slack is; null if it is no card, or one that is frozen. */
export async function findThread(
  db: Database,
  { channelId, ts }: { channelId: string; ts: string },
): Promise<CardThread | null> {
  const statement = sql<CardThread>`
    select c.alert_id as "alertId", a.number, c.id as "cardId",
      coalesce((select thread_mirror from slack_app), false) as mirrored
    from cards c join alerts a on a.id = c.alert_id join destinations d on d.id = c.destination_id
    where c.channel_id = ${channelId} and c.ts = ${ts} and d.deleted_at is null`;
  const [found] = await prepared(db, "find-thread", statement);
  return found ?? null;
}

/** A message in Slack that somebody wants kept as a comment. */
interface Keeping {
  alertId: string;
  channelId: string;
  ts: string;
  actor: Actor;
  data: CommentData;
}

/** Keeps a message with an alert for somebody who may; "already" if it is kept there, by them or by others. */
export function keepWithAlert(
  db: Database,
  { alertId, channelId, ts, actor, data }: Keeping,
): Promise<"kept" | "already"> {
  return transaction(db, async (tx) => {
    await sql`select from alerts where id = ${alertId} for update`.execute(tx);
    const { rows } = await sql`
      select from thread_messages where channel_id = ${channelId} and ts = ${ts} and alert_id = ${alertId}`.execute(
      tx,
    );
    if (rows.length > 0) return "already";
    const by = { actor, via: "slack" } as const;
    const { seq } = await append(tx, { alertId, event: { kind: "commented", data }, ...by });
    await sql`
      insert into thread_messages (channel_id, ts, alert_id, seq)
      values (${channelId}, ${ts}, ${alertId}, ${seq})`.execute(tx);
    await audit(
      tx,
      { ...by, ip: null },
      {
        action: "alert.commented",
        target: { type: "alert", id: alertId },
      },
    );
    return "kept";
  });
}
