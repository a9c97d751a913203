import { sql } from "kysely";
import type { Actor } from "../../alert/alert.ts";
import type { CommentData, FileLink, HistoryEvent } from "../../alert/history-event.ts";
import type { Database } from "../../db/connect.ts";
import { prepared, type Transaction, transaction } from "../../db/transaction.ts";
import { append } from "../../history/append.ts";
import { eraseComment, rewriteComment } from "../../history/rewrite-comment.ts";
import { audit, type Doer } from "../../people/audit-log/audit.ts";
import type { SlackIdentity } from "../../people/principal.ts";

/** A change of a message in a card's thread. A deletion has no author and no text. */
interface MessageUpdate {
  thread: Pick<CardThread, "alertId" | "cardId">;
  channelId: string;
  ts: string;
  change: MessageChange;
  author: Actor;
  /** The author in Slack; null for a deletion. */
  slack: SlackIdentity | null;
  words: { text: string; files: FileLink[] };
}

/** Keeps a message of a card's thread as a comment, and applies later edits and its deletion. */
export function mirrorMessage(db: Database, message: MessageUpdate): Promise<void> {
  return transaction(db, async (tx) => {
    // Slack's events of one message can arrive together and in any order.
    await sql`select from alerts where id = ${message.thread.alertId} for update`.execute(tx);
    const known = await findKnown(tx, message);
    switch (decideMirror(known, message.change)) {
      case "comment":
        return addComment(tx, message);
      case "edit":
        return known?.seq == null ? undefined : editComment(tx, message, known.seq);
      case "delete":
        return known?.seq == null ? undefined : deleteComment(tx, message, known.seq);
      case "remember-deleted":
        return storeMessage(tx, message, { seq: null, deleted: true });
      default:
        return;
    }
  });
}

async function findKnown(
  tx: Transaction,
  { channelId, ts, thread }: MessageUpdate,
): Promise<KnownMessage | null> {
  const { rows } = await sql<KnownMessage>`
    select seq, edited_ts as "editedTs", deleted from thread_messages
    where channel_id = ${channelId} and ts = ${ts} and alert_id = ${thread.alertId}`.execute(tx);
  return rows[0] ?? null;
}

async function storeMessage(
  tx: Transaction,
  { channelId, ts, thread, change }: MessageUpdate,
  { seq, deleted }: { seq: number | null; deleted: boolean },
): Promise<void> {
  const editedTs = change.kind === "edited" ? change.ts : null;
  await sql`
    insert into thread_messages (channel_id, ts, alert_id, seq, edited_ts, deleted)
    values (${channelId}, ${ts}, ${thread.alertId}, ${seq}, ${editedTs}, ${deleted})
    on conflict (channel_id, ts, alert_id) do update
      set edited_ts = excluded.edited_ts, deleted = excluded.deleted`.execute(tx);
}

async function addComment(tx: Transaction, message: MessageUpdate): Promise<void> {
  const data = commentData(message, message.change.kind === "edited" ? { now: "edited" } : {});
  const { seq } = await appendAudited(tx, message, { kind: "commented", data });
  await storeMessage(tx, message, { seq, deleted: false });
}

async function editComment(tx: Transaction, message: MessageUpdate, seq: number): Promise<void> {
  const { alertId } = message.thread;
  await rewriteComment(tx, { alertId, seq }, commentData(message, { now: "edited" }));
  await appendAudited(tx, message, {
    kind: "comment_edited",
    data: { ...commentData(message, {}), of: seq },
  });
  await storeMessage(tx, message, { seq, deleted: false });
}

/** Removes the text from every history entry that holds it. */
async function deleteComment(tx: Transaction, message: MessageUpdate, seq: number): Promise<void> {
  const { thread } = message;
  const deleted: CommentData = { text: "", thread: { cardId: thread.cardId }, now: "deleted" };
  await eraseComment(tx, { alertId: thread.alertId, seq }, deleted);
  const data = { of: seq, thread: { cardId: thread.cardId } };
  const { rows } = await sql<Actor>`
    select actor_type as type, actor_id as id, actor_name as name from history
    where alert_id = ${thread.alertId} and seq = ${seq}`.execute(tx);
  const author = rows[0] ?? message.author;
  await appendAudited(tx, { ...message, author }, { kind: "comment_deleted", data });
  await storeMessage(tx, message, { seq, deleted: true });
}

async function appendAudited(
  tx: Transaction,
  { thread, author, slack }: MessageUpdate,
  event: Extract<HistoryEvent, { kind: "commented" | "comment_edited" | "comment_deleted" }>,
): Promise<{ seq: number }> {
  const by = { actor: author, via: "slack" } as const;
  const target = { type: "alert", id: thread.alertId } as const;
  const entry = { action: `alert.${event.kind}`, target, changes: null } as const;
  await audit(tx, { ...by, ip: null, agent: null, slack }, entry);
  return append(tx, { alertId: thread.alertId, event, ...by });
}

function commentData({ words, thread }: MessageUpdate, more: Pick<CommentData, "now">): CommentData {
  const { text, files } = words;
  return { text, thread: { cardId: thread.cardId }, ...(files.length > 0 && { files }), ...more };
}

/** What Tocsin has stored of a message in a card's thread. */
interface KnownMessage {
  /** Its history entry; null if it was deleted before Tocsin had its text. */
  seq: number | null;
  editedTs: string | null;
  deleted: boolean;
}

export type MessageChange = { kind: "written" } | { kind: "edited"; ts: string } | { kind: "deleted" };

/**
 * Decides what an event about a message does. Slack may send events twice and in any order; late and repeated ones
 * change nothing.
 */
export function decideMirror(
  known: KnownMessage | null,
  change: MessageChange,
): "comment" | "edit" | "delete" | "remember-deleted" | "nothing" {
  switch (change.kind) {
    case "written":
      return known ? "nothing" : "comment";
    case "edited":
      if (!known) return "comment";
      return known.deleted || Number(known.editedTs) >= Number(change.ts) ? "nothing" : "edit";
    case "deleted":
      if (!known) return "remember-deleted";
      return known.deleted ? "nothing" : "delete";
    default:
      return change satisfies never;
  }
}

/** The thread of a card whose destination exists. */
export interface CardThread {
  alertId: string;
  number: number;
  cardId: string;
  /** The thread mirror is on. */
  mirrored: boolean;
}

/** Finds the card with this timestamp; null if there is none or its destination was deleted. */
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

/** A Slack message that a person adds to an alert as a comment. */
interface KeptMessage {
  alertId: string;
  channelId: string;
  ts: string;
  by: Doer;
  data: CommentData;
}

/** Keeps a message as a comment on an alert; "already" if it was kept there before. The caller checks permissions. */
export function keepWithAlert(
  db: Database,
  { alertId, channelId, ts, by, data }: KeptMessage,
): Promise<"kept" | "already"> {
  return transaction(db, async (tx) => {
    await sql`select from alerts where id = ${alertId} for update`.execute(tx);
    const { rows } = await sql`
      select from thread_messages where channel_id = ${channelId} and ts = ${ts} and alert_id = ${alertId}`.execute(
      tx,
    );
    if (rows.length > 0) return "already";
    const { actor, via } = by;
    const { seq } = await append(tx, { alertId, event: { kind: "commented", data }, actor, via });
    await sql`
      insert into thread_messages (channel_id, ts, alert_id, seq)
      values (${channelId}, ${ts}, ${alertId}, ${seq})`.execute(tx);
    const target = { type: "alert", id: alertId } as const;
    await audit(tx, by, { action: "alert.commented", target, changes: null });
    return "kept";
  });
}
