import { sql } from "kysely";
import type { HistoryEntry } from "../../../alert/history-event.ts";
import { sentence } from "../../../history/sentence.ts";
import { timeline } from "../../../history/timeline.ts";
import type { ClaimedLine } from "../../../outbox/claim-line.ts";
import { SlackFault } from "../../../slack/client/slack-fault.ts";
import { renderReply } from "./draw-reply.ts";
import type { Deps } from "../../../outbox/deps.ts";
import { type Listening, newsFor } from "./news-for.ts";

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
export async function forgetWords(
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
  const message = renderReply({
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
