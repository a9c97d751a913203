import { sql } from "kysely";
import type { Person, Status } from "../../../alert/alert.ts";
import type { HistoryEntry } from "../../../alert/history-event.ts";
import { assigneeInSlack } from "../../../connect/identity/assignee-in-slack.ts";
import { transaction } from "../../../db/transaction.ts";
import { effects } from "../../../history/append.ts";
import { sentence } from "../../../history/sentence.ts";
import { timeline } from "../../../history/timeline.ts";
import type { ClaimedLine, ThreadReplyJob } from "../../../outbox/claim-line.ts";
import type { Deps } from "../../../outbox/deps.ts";
import { type LineOutcome, releaseLine } from "../../../outbox/lines.ts";
import { lineOutcome, nextAttempt, retryContext } from "../../../outbox/next-attempt.ts";
import { SlackFault } from "../../../slack/client/slack-fault.ts";
import { drawReply } from "./draw-reply.ts";

interface TellingCard {
  alert_id: string;
  number: number;
  ts: string;
  told_seq: number;
  reply_wanted: number;
  reply_due_at: Date | null;
  destination_id: string;
  sync_to_slack: boolean;
  status: Status;
  assignee_id: string | null;
}

/** Tells a card's thread what it hasn't heard yet, all of it in one reply. */
export async function postReply(deps: Deps, line: ClaimedLine, job: ThreadReplyJob): Promise<void> {
  const card: TellingCard = await deps.db.kysely
    .selectFrom("cards")
    .innerJoin("destinations", "destinations.id", "cards.destination_id")
    .innerJoin("alerts", "alerts.id", "cards.alert_id")
    .select(["alert_id", "ts", "told_seq", "reply_wanted", "reply_due_at"])
    .select(["destination_id", "sync_to_slack", "alerts.number", "alerts.status", "alerts.assignee_id"])
    .where("cards.id", "=", job.cardId)
    .executeTakeFirstOrThrow();
  const entries = await timeline(deps.db.kysely, { alertId: card.alert_id, afterSeq: card.told_seq });
  const thread = {
    cardId: job.cardId,
    destinationId: card.destination_id,
    syncs: card.sync_to_slack,
    unclaimed: card.status === "OPEN" && card.assignee_id === null,
  };
  const news = newsFor(entries, thread);
  const toldSeq = entries.at(-1)?.seq ?? card.told_seq;
  try {
    await forgetWords(deps, line, { alertId: card.alert_id, number: card.number, thread, news });
    const ts = news.length > 0 ? await post(deps, line, { card, news }) : null;
    await deps.write(async () => {
      if (ts !== null) await noteReply(deps, job, { news, ts });
      await settle(deps, line, { job, card, toldSeq, end: { kind: ts === null ? "unused" : "used" } });
    });
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    await settleFault(deps, line, { job, card, fault });
  }
}

async function post(
  deps: Deps,
  line: ClaimedLine,
  { card, news }: { card: TellingCard; news: HistoryEntry[] },
): Promise<string> {
  const client = await deps.clientFor(line.installationId);
  const mention = await toMention(deps, line, news);
  const message = drawReply(
    { number: card.number, sentences: news.map((entry) => sentence(entry, entry.actor)) },
    mention,
  );
  const { ts } = await client.postMessage({
    channel: line.channelId,
    threadTs: card.ts,
    message,
    metadata: { event_type: "tocsin_reply", event_payload: { card: card.ts } },
  });
  return ts;
}

/** What was written below another card may have to be taken out of a reply again. */
async function noteReply(
  { db }: Deps,
  { cardId }: ThreadReplyJob,
  { news, ts }: { news: readonly HistoryEntry[]; ts: string },
): Promise<void> {
  if (!news.some((entry) => "thread" in entry.data && entry.data.thread)) return;
  const seqs = news.map(({ seq }) => seq);
  await sql`
    insert into thread_replies (card_id, ts, from_seq, to_seq)
    values (${cardId}, ${ts}, ${Math.min(...seqs)}, ${Math.max(...seqs)}) on conflict do nothing`.execute(
    db.kysely,
  );
}

/** Nobody is mentioned but a new assignee who wasn't the one to choose, and who has to hear of an answer. */
async function toMention(deps: Deps, line: ClaimedLine, news: HistoryEntry[]): Promise<string | null> {
  const person = news.map(whomToMention).findLast((found) => found !== null);
  return person ? assigneeInSlack(deps, line.installationId, person) : null;
}

function whomToMention(entry: HistoryEntry): Person | null {
  if (entry.kind === "assigned") return entry.actor.id === entry.data.to.id ? null : entry.data.to;
  return "notify" in entry.data ? entry.data.notify : null;
}

interface Told {
  job: ThreadReplyJob;
  card: TellingCard;
  toldSeq: number;
  end: LineOutcome;
}

/** More may have happened while it was told; then the thread stays due. */
async function settle(deps: Deps, line: ClaimedLine, { job, card, toldSeq, end }: Told): Promise<void> {
  await transaction(deps.db, async (tx) => {
    await sql`
      update cards set told_seq = ${toldSeq},
        reply_due_at = case when reply_wanted = ${card.reply_wanted} then null else reply_due_at end
      where id = ${job.cardId}`.execute(tx);
    await releaseLine(tx, deps, { key: line.key, end });
  });
}

async function settleFault(
  deps: Deps,
  line: ClaimedLine,
  { job, card, fault }: { job: ThreadReplyJob; card: TellingCard; fault: SlackFault },
): Promise<void> {
  deps.log({ card: job.cardId, line: line.key, error: fault.code }, "thread not told");
  const waitingSince = card.reply_due_at ?? deps.clock();
  const failed = { fault, attempts: 1, faultsInARow: line.faultsInARow, waitingSince, drawStep: 2 };
  const next = nextAttempt(failed, retryContext(deps));
  await transaction(deps.db, async (tx) => {
    // A parent that is gone, or a reply that Slack won't have: the history keeps it, the thread goes without.
    const drop = next.kind === "give-up" || next.kind === "simplify" || fault.kind === "gone";
    if (drop) await sql`update cards set reply_due_at = null where id = ${job.cardId}`.execute(tx);
    await releaseLine(tx, deps, { key: line.key, end: drop ? { kind: "used" } : lineOutcome(next) });
  });
}

interface Reply {
  ts: string;
  from_seq: number;
  to_seq: number;
}

/** The alert, and how its thread listens. */
interface About {
  alertId: string;
  number: number;
  thread: Listening;
}

/** Draws again those replies that told of comments which their authors have deleted since. */
async function forgetWords(
  deps: Deps,
  line: ClaimedLine,
  { news, ...about }: About & { news: readonly HistoryEntry[] },
): Promise<void> {
  const deleted = news.flatMap((entry) => (entry.kind === "comment_deleted" ? entry.data.of : []));
  if (deleted.length === 0) return;
  const { alertId, thread } = about;
  const { rows } = await sql<Reply>`
    select distinct r.ts, r.from_seq, r.to_seq from thread_replies r
    join history h on h.alert_id = ${alertId} and h.seq between r.from_seq and r.to_seq
    where r.card_id = ${thread.cardId} and (h.seq = any(${deleted}::int[])
      or h.kind = 'comment_edited' and (h.data ->> 'of')::int = any(${deleted}::int[]))`.execute(
    deps.db.kysely,
  );
  for (const reply of rows) await drawAgain(deps, line, about, reply);
}

async function drawAgain(
  deps: Deps,
  line: ClaimedLine,
  { alertId, number, thread }: About,
  reply: Reply,
): Promise<void> {
  const limit = reply.to_seq - reply.from_seq + 1;
  const entries = await timeline(deps.db.kysely, { alertId, afterSeq: reply.from_seq - 1, limit });
  const message = drawReply({
    number,
    sentences: newsFor(entries, thread).map((entry) => sentence(entry, entry.actor)),
  });
  const client = await deps.clientFor(line.installationId);
  try {
    await client.update({ channel: line.channelId, ts: reply.ts, message });
  } catch (fault) {
    // Somebody has deleted the reply, too.
    if (!(fault instanceof SlackFault) || fault.kind !== "gone") throw fault;
  }
}

/** Whose thread is told, and how its alert stands at this moment. */
interface Listening {
  cardId: string;
  destinationId: string;
  syncs: boolean;
  /** Open, and nobody has it. */
  unclaimed: boolean;
}

/**
 * What a thread is told of the entries that it hasn't heard. A destination that doesn't sync isn't told what
 * was done in Tocsin; a bulk change is told in the channel; a question is told at the card that it was asked from;
 * what was written in the thread itself stands there already; and a reminder that waited until somebody took the
 * alert, or until the next one came, is not told any more.
 */
export function newsFor(entries: readonly HistoryEntry[], thread: Listening): HistoryEntry[] {
  const reminder = entries.findLast((entry) => isReminderFor(entry, thread.destinationId));
  return entries.filter((entry) => {
    if (entry.kind === "reminded") return thread.unclaimed && entry === reminder;
    if ("thread" in entry.data && entry.data.thread?.cardId === thread.cardId) return false;
    if (isForAnother(entry, thread.cardId)) return false;
    const fromTocsin = entry.via === "console" || entry.via === "api";
    return effects(entry.kind).thread && !entry.inBulk && (thread.syncs || !fromTocsin);
  });
}

function isReminderFor(entry: HistoryEntry, destinationId: string): boolean {
  return entry.kind === "reminded" && entry.data.destination.id === destinationId;
}

/** A question without a card is told by whichever card comes later. */
function isForAnother({ data }: HistoryEntry, cardId: string): boolean {
  return "cardId" in data && data.cardId !== null && data.cardId !== cardId;
}
