import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Person, Status } from "../../../alert/alert.ts";
import type { HistoryEntry } from "../../../alert/history-event.ts";
import { assigneeInSlack } from "../../../connect/identity/assignee-in-slack.ts";
import { transaction } from "../../../db/transaction.ts";
import { sentence } from "../../../history/sentence.ts";
import { timeline } from "../../../history/timeline.ts";
import { eventWaitSeconds, findLostCard } from "../../../messages/find-lost.ts";
import type { ClaimedLine, ThreadReplyJob } from "../../../outbox/claim-line.ts";
import type { Deps } from "../../../outbox/deps.ts";
import { type LineOutcome, releaseLine, stillHoldsLine } from "../../../outbox/lines.ts";
import { lineOutcome, nextAttempt, othersRefused, retryContext } from "../../../outbox/next-attempt.ts";
import { SlackFault } from "../../../slack/client/slack-fault.ts";
import { writeCardMetadata } from "../../../slack/message.ts";
import { drawReply } from "./draw-reply.ts";
import { entriesForThread, type ThreadState } from "./thread-entries.ts";

interface CardRow {
  alert_id: string;
  number: number;
  ts: string;
  told_seq: number;
  posted_seq: number;
  reply_wanted: number;
  reply_due_at: Date | null;
  /** The reply of an earlier attempt that Slack may have. */
  reply_id: string | null;
  reply_to_seq: number | null;
  reply_since: Date | null;
  reply_seen_ts: string | null;
  destination_id: string;
  sync_to_slack: boolean;
  status: Status;
  assignee_id: string | null;
}

/** Posts one reply with all entries that a card's thread does not have yet. */
export async function postReply(deps: Deps, line: ClaimedLine, job: ThreadReplyJob): Promise<void> {
  const card: CardRow = await deps.db.kysely
    .selectFrom("cards")
    .innerJoin("destinations", "destinations.id", "cards.destination_id")
    .innerJoin("alerts", "alerts.id", "cards.alert_id")
    .select(["alert_id", "ts", "told_seq", "posted_seq", "reply_wanted", "reply_due_at"])
    .select(["reply_id", "reply_to_seq", "reply_since", "reply_seen_ts"])
    .select(["destination_id", "sync_to_slack", "alerts.number", "alerts.status", "alerts.assignee_id"])
    .where("cards.id", "=", job.cardId)
    .executeTakeFirstOrThrow();
  const entries = await timeline(deps.db.kysely, { alertId: card.alert_id, afterSeq: card.told_seq });
  const thread = {
    cardId: job.cardId,
    destinationId: card.destination_id,
    syncs: card.sync_to_slack,
    postedSeq: card.posted_seq,
    unassigned: card.status === "OPEN" && card.assignee_id === null,
  };
  const newEntries = entriesForThread(entries, thread);
  const lastSeq = entries.at(-1)?.seq ?? card.told_seq;
  try {
    await removeDeletedComments(deps, line, {
      alertId: card.alert_id,
      number: card.number,
      thread,
      newEntries,
    });
    if (await settleLostReply(deps, line, { job, card, entries, newEntries })) return;
    if (!(await stillHoldsLine(deps, line))) return;
    const ts = newEntries.length > 0 ? await post(deps, line, { job, card, newEntries, lastSeq }) : null;
    await deps.write(async () => {
      if (ts !== null) await recordReply(deps, job, { newEntries, ts });
      await settle(deps, line, { job, card, lastSeq, end: { kind: ts === null ? "unused" : "used" } });
    });
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    await settleFault(deps, line, { job, card, fault });
  }
}

/**
 * Settles a reply of an earlier attempt that is in Slack, or postpones the look for it. False if there was none, or if
 * nobody can tell.
 */
async function settleLostReply(
  deps: Deps,
  line: ClaimedLine,
  {
    job,
    card,
    entries,
    newEntries,
  }: { job: ThreadReplyJob; card: CardRow } & Record<"entries" | "newEntries", HistoryEntry[]>,
): Promise<boolean> {
  const { reply_id: id, reply_to_seq: toSeq } = card;
  if (id === null || toSeq === null) return false;
  const reply = {
    deliveryId: id,
    unsureSince: card.reply_since,
    seenTs: card.reply_seen_ts,
    threadTs: card.ts,
  };
  const lost = await findLostCard(deps, line, reply);
  if (lost.kind === "not-found") return false;
  if (lost.kind === "later") {
    await transaction(deps.db, async (tx) => {
      await sql`update cards set reply_due_at = now() + make_interval(secs => ${lost.seconds})
        where id = ${job.cardId}`.execute(tx);
      await releaseLine(tx, deps, line, { kind: "unused" });
    });
    return true;
  }
  await recordReply(deps, job, { newEntries: newEntries.filter(({ seq }) => seq <= toSeq), ts: lost.ts });
  const isLast = (entries.at(-1)?.seq ?? 0) <= toSeq;
  // A number that the card never had keeps the thread due.
  const told = isLast ? card : { ...card, reply_wanted: -1 };
  await settle(deps, line, { job, card: told, lastSeq: toSeq, end: { kind: "unused" } });
  return true;
}

const repeatNote = "May be a repeat: Slack did not confirm the first reply.";

interface Posting {
  job: ThreadReplyJob;
  card: CardRow;
  newEntries: HistoryEntry[];
  lastSeq: number;
}

async function post(
  deps: Deps,
  line: ClaimedLine,
  { job, card, newEntries, lastSeq }: Posting,
): Promise<string> {
  const client = await deps.clientFor(line.installationId);
  const mention = await findMention(deps, line, newEntries);
  const sentences = newEntries.map((entry) => sentence(entry, entry.actor));
  const message = drawReply(
    { number: card.number, sentences: card.reply_id === null ? sentences : [repeatNote, ...sentences] },
    mention,
  );
  const replyId = card.reply_id ?? uuidv7();
  await sql`update cards set reply_id = ${replyId}, reply_to_seq = ${lastSeq}, reply_since = coalesce(reply_since, now())
    where id = ${job.cardId}`.execute(deps.db.kysely);
  const { ts } = await client.postMessage({
    channel: line.channelId,
    threadTs: card.ts,
    message,
    metadata: writeCardMetadata(replyId),
  });
  return ts;
}

/** Remembers replies that repeat a comment from another thread; if that is deleted, they are edited. */
async function recordReply(
  { db }: Deps,
  { cardId }: ThreadReplyJob,
  { newEntries, ts }: { newEntries: readonly HistoryEntry[]; ts: string },
): Promise<void> {
  if (!newEntries.some((entry) => "thread" in entry.data && entry.data.thread)) return;
  const seqs = newEntries.map(({ seq }) => seq);
  await sql`
    insert into thread_replies (card_id, ts, from_seq, to_seq)
    values (${cardId}, ${ts}, ${Math.min(...seqs)}, ${Math.max(...seqs)}) on conflict do nothing`.execute(
    db.kysely,
  );
}

/** Whom to mention: a new assignee whom somebody else chose, or the person to notify of an answer. */
async function findMention(
  deps: Deps,
  line: ClaimedLine,
  newEntries: HistoryEntry[],
): Promise<Parameters<typeof drawReply>[1]> {
  const person = newEntries.map(personToMention).findLast((found) => found !== null);
  const slackUserId = person && (await assigneeInSlack(deps, line.installationId, person));
  return person && slackUserId ? { slackUserId, name: person.name } : null;
}

function personToMention(entry: HistoryEntry): Person | null {
  if (entry.kind === "assigned") return entry.actor.id === entry.data.to.id ? null : entry.data.to;
  return "notify" in entry.data ? entry.data.notify : null;
}

interface SettledReply {
  job: ThreadReplyJob;
  card: CardRow;
  lastSeq: number;
  end: LineOutcome;
}

/** The thread stays due if more entries were appended while the reply was posted. */
async function settle(
  deps: Deps,
  line: ClaimedLine,
  { job, card, lastSeq, end }: SettledReply,
): Promise<void> {
  await transaction(deps.db, async (tx) => {
    await sql`
      update cards set told_seq = ${lastSeq}, reply_id = null, reply_to_seq = null, reply_since = null,
        reply_seen_ts = null,
        reply_due_at = case when reply_wanted = ${card.reply_wanted} then null else reply_due_at end
      where id = ${job.cardId}`.execute(tx);
    await releaseLine(tx, deps, line, end);
  });
}

async function settleFault(
  deps: Deps,
  line: ClaimedLine,
  { job, card, fault }: { job: ThreadReplyJob; card: CardRow; fault: SlackFault },
): Promise<void> {
  deps.log({ card: job.cardId, line: line.key, error: fault.code }, "reply not posted");
  const waitingSince = card.reply_due_at ?? deps.clock();
  const failed = {
    fault,
    attempts: 1,
    faultsInARow: line.faultsInARow,
    waitingSince,
    drawStep: 2,
    othersRefused: othersRefused(line, { code: fault.code, id: job.cardId }),
  };
  const next = nextAttempt(failed, retryContext(deps));
  const eventWait = fault.answerLost ? eventWaitSeconds(line.scopes) : 0;
  await transaction(deps.db, async (tx) => {
    if (fault.answerLost)
      await sql`update cards set reply_due_at = now() + make_interval(secs => ${eventWait})
        where id = ${job.cardId} and reply_seen_ts is null`.execute(tx);
    else if (card.reply_id === null)
      await sql`update cards set reply_id = null, reply_to_seq = null, reply_since = null where id = ${job.cardId}`.execute(
        tx,
      );
    // The card is gone or Slack refuses the reply: the thread goes without, the history has it.
    const drop = next.kind === "give-up" || next.kind === "simplify" || fault.kind === "gone";
    if (drop) await sql`update cards set reply_due_at = null where id = ${job.cardId}`.execute(tx);
    if (next.kind === "refuse")
      await sql`update cards set reply_due_at = now() + make_interval(secs => ${next.deliverySeconds})
        where id = ${job.cardId}`.execute(tx);
    await releaseLine(tx, deps, line, drop ? { kind: "used" } : lineOutcome(next, job.cardId));
  });
}

interface Reply {
  ts: string;
  from_seq: number;
  to_seq: number;
}

/** The alert and the thread that a reply is for. */
interface ReplyContext {
  alertId: string;
  number: number;
  thread: ThreadState;
}

/** Edits the replies that repeated comments which have been deleted since. */
async function removeDeletedComments(
  deps: Deps,
  line: ClaimedLine,
  { newEntries, ...about }: ReplyContext & { newEntries: readonly HistoryEntry[] },
): Promise<void> {
  const deleted = newEntries.flatMap((entry) => (entry.kind === "comment_deleted" ? entry.data.of : []));
  if (deleted.length === 0) return;
  const { alertId, thread } = about;
  const { rows } = await sql<Reply>`
    select distinct r.ts, r.from_seq, r.to_seq from thread_replies r
    join history h on h.alert_id = ${alertId} and h.seq between r.from_seq and r.to_seq
    where r.card_id = ${thread.cardId} and (h.seq = any(${deleted}::int[])
      or h.kind = 'comment_edited' and (h.data ->> 'of')::int = any(${deleted}::int[]))`.execute(
    deps.db.kysely,
  );
  for (const reply of rows) await editReply(deps, line, about, reply);
}

async function editReply(
  deps: Deps,
  line: ClaimedLine,
  { alertId, number, thread }: ReplyContext,
  reply: Reply,
): Promise<void> {
  const limit = reply.to_seq - reply.from_seq + 1;
  const entries = await timeline(deps.db.kysely, { alertId, afterSeq: reply.from_seq - 1, limit });
  const message = drawReply({
    number,
    sentences: entriesForThread(entries, thread).map((entry) => sentence(entry, entry.actor)),
  });
  const client = await deps.clientFor(line.installationId);
  try {
    await client.update({ channel: line.channelId, ts: reply.ts, message });
  } catch (fault) {
    // Somebody has deleted the reply already.
    if (!(fault instanceof SlackFault) || fault.kind !== "gone") throw fault;
  }
}
