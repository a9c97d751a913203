import { sql } from "kysely";
import type { Person, Severity, Status } from "../../../alert/alert.ts";
import type { Mention, Mentions } from "../../../alert/destination.ts";
import type { HistoryEntry } from "../../../alert/history-event.ts";
import { assigneeInSlack } from "../../../connect/identity/assignee-in-slack.ts";
import type { Transaction } from "../../../db/transaction.ts";
import { sentence } from "../../../history/sentence.ts";
import { timeline } from "../../../history/timeline.ts";
import { applyDrawStep, drawSteps } from "../../../messages/draw-step.ts";
import type { Drawing, MessageKind } from "../../../messages/message-kind.ts";
import { repeatNote } from "../../../messages/post.ts";
import type { Message } from "../../../outbox/claim-line.ts";
import type { Deps } from "../../../outbox/deps.ts";
import { SlackFault } from "../../../slack/client/slack-fault.ts";
import { drawReply, type ReplyMention } from "./draw-reply.ts";
import { entriesForThread, type ThreadState } from "./thread-entries.ts";

interface CardRow {
  alert_id: string;
  number: number;
  ts: string;
  told_seq: number;
  posted_seq: number;
  destination_id: string;
  sync_to_slack: boolean;
  status: Status;
  assignee_id: string | null;
  severity: Severity;
  mentions: Mentions;
}

/** One reply with all entries that a card's thread does not have yet. */
export const reply: MessageKind = {
  draw,
  // If the card is gone or Slack refuses the reply, the thread goes without; the history has it.
  rules: { channelFault: "hold", gone: "give-up", lastStep: 2 },
};

async function draw(deps: Deps, message: Message): Promise<Drawing> {
  const { parentId, unsureSince, drawStep } = message;
  const card: CardRow | undefined = await deps.db.kysely
    .selectFrom("cards")
    .innerJoin("destinations", "destinations.id", "cards.destination_id")
    .innerJoin("alerts", "alerts.id", "cards.alert_id")
    .select(["alert_id", "ts", "told_seq", "posted_seq"])
    .select(["destination_id", "sync_to_slack", "alerts.number", "alerts.status", "alerts.assignee_id"])
    .select(["alerts.severity", "destinations.mentions"])
    .where("cards.id", "=", parentId)
    .where("cards.gone", "=", false)
    .where("destinations.deleted_at", "is", null)
    .executeTakeFirst();
  if (!card || parentId === null) return { message: null };
  const entries = await timeline(deps.db.kysely, { alertId: card.alert_id, afterSeq: card.told_seq });
  const thread = {
    cardId: parentId,
    destinationId: card.destination_id,
    syncs: card.sync_to_slack,
    postedSeq: card.posted_seq,
    unassigned: card.status === "OPEN" && card.assignee_id === null,
  };
  const newEntries = entriesForThread(entries, thread);
  const { alert_id: alertId, number } = card;
  await removeDeletedComments(deps, message, { alertId, number, thread, newEntries });
  const sentences = newEntries.map((entry) => sentence(entry, entry.actor));
  const mention = await findMention(deps, message, {
    newEntries,
    ofDestination: card.mentions[card.severity] ?? null,
  });
  const drawn = drawReply(
    { number, sentences: unsureSince ? [repeatNote, ...sentences] : sentences },
    mention,
  );
  return {
    message: newEntries.length === 0 ? null : applyDrawStep(drawn, drawSteps[drawStep] ?? "text-only"),
    threadTs: card.ts,
    shown: entries.at(-1)?.seq ?? card.told_seq,
    async settled(tx, { ts, shown }) {
      await sql`update cards set told_seq = greatest(told_seq, ${shown}) where id = ${parentId}`.execute(tx);
      if (ts !== null)
        await recordReply(tx, parentId, { told: newEntries.filter(({ seq }) => seq <= shown), ts });
    },
  };
}

/** Remembers replies that repeat a comment from another thread; if that is deleted, they are edited. */
async function recordReply(
  tx: Transaction,
  cardId: string,
  { told, ts }: { told: readonly HistoryEntry[]; ts: string },
): Promise<void> {
  if (!told.some((entry) => "thread" in entry.data && entry.data.thread)) return;
  const seqs = told.map(({ seq }) => seq);
  await sql`
    insert into thread_replies (card_id, ts, from_seq, to_seq)
    values (${cardId}, ${ts}, ${Math.min(...seqs)}, ${Math.max(...seqs)}) on conflict do nothing`.execute(tx);
}

/**
 * Whom to mention: a new assignee whom somebody else chose, or the person to notify of an answer, else whom the
 * destination mentions if nobody asked.
 */
async function findMention(
  deps: Deps,
  place: Place,
  { newEntries, ofDestination }: { newEntries: HistoryEntry[]; ofDestination: Mention | null },
): Promise<ReplyMention | null> {
  const person = newEntries.map(personToMention).findLast((found) => found !== null);
  const slackUserId = person && (await assigneeInSlack(deps, place.installationId, person));
  if (person && slackUserId) return { slackUserId, name: person.name };
  return newEntries.some(({ data }) => "orDestination" in data && data.orDestination) ? ofDestination : null;
}

function personToMention(entry: HistoryEntry): Person | null {
  if (entry.kind === "assigned") return entry.actor.id === entry.data.to.id ? null : entry.data.to;
  return "notify" in entry.data ? entry.data.notify : null;
}

type Place = Pick<Message, "installationId" | "channelId">;

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
  place: Place,
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
  for (const reply of rows) await editReply(deps, place, about, reply);
}

async function editReply(
  deps: Deps,
  place: Place,
  { alertId, number, thread }: ReplyContext,
  reply: Reply,
): Promise<void> {
  const limit = reply.to_seq - reply.from_seq + 1;
  const entries = await timeline(deps.db.kysely, { alertId, afterSeq: reply.from_seq - 1, limit });
  const message = drawReply({
    number,
    sentences: entriesForThread(entries, thread).map((entry) => sentence(entry, entry.actor)),
  });
  const client = await deps.clientFor(place.installationId);
  try {
    await client.update({ channel: place.channelId, ts: reply.ts, message });
  } catch (fault) {
    // Somebody has deleted the reply already.
    if (!(fault instanceof SlackFault) || fault.kind !== "gone") throw fault;
  }
}
