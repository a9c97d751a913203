import { sql } from "kysely";
import type { CommentData } from "../alert/history-event.ts";
import type { Transaction } from "../db/transaction.ts";

/** The comments of an alert follow the message that they were made from; nothing else in the history changes. */
interface CommentEntry {
  alertId: string;
  seq: number;
}

/** Replaces a comment, whose author has edited the message. */
export async function rewriteComment(
  tx: Transaction,
  { alertId, seq }: CommentEntry,
  to: CommentData,
): Promise<void> {
  await sql`
    update history set data = ${JSON.stringify(to)}::jsonb
    where alert_id = ${alertId} and seq = ${seq}`.execute(tx);
}

/** Removes a comment's text from every entry that holds it. */
export async function eraseComment(tx: Transaction, entry: CommentEntry, to: CommentData): Promise<void> {
  await rewriteComment(tx, entry, to);
  await sql`
    update history set data = ${JSON.stringify(to)}::jsonb || jsonb_build_object('of', ${entry.seq}::int)
    where alert_id = ${entry.alertId} and seq > ${entry.seq} and kind = 'comment_edited'
      and (data ->> 'of')::int = ${entry.seq}`.execute(tx);
}
