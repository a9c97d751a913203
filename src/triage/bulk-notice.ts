import type { RichTextElement } from "@slack/types";
import { sql } from "kysely";
import type { Actor, Status } from "../alert/alert.ts";
import { assigneeInSlack } from "../connect/identity/assignee-in-slack.ts";
import type { Database } from "../db/connect.ts";
import type { Transaction } from "../db/transaction.ts";
import { inBrackets } from "../history/disposition-sentence.ts";
import type { MessageKind } from "../messages/message-kind.ts";
import { repeatNote } from "../messages/post.ts";
import { ranks } from "../messages/queue.ts";
import type { SlackMessage } from "../slack/message.ts";
import { cut, escapeText, oneLine } from "../slack/text/text.ts";
import type { AlertCommand } from "./decide-change.ts";

interface Content {
  actor: Actor;
  command: AlertCommand;
  /** How many alerts the change has changed so far. */
  alerts: number;
}

/** The one notice of a bulk change in a channel, instead of replies in its threads. */
export const bulkNotice: MessageKind = {
  async draw(deps, { id, installationId, unsureSince }) {
    const { rows } = await sql<{ content: Content }>`select content from messages where id = ${id}`.execute(
      deps.db.kysely,
    );
    const [notice] = rows;
    if (!notice) return { message: null };
    const { actor, command, alerts } = notice.content;
    const { assignee } = command;
    const chosen = assignee && assignee.id !== actor.id ? assignee : null;
    const sentence = bulkSentence(actor, command, alerts);
    return {
      message: drawBulkNotice({
        sentence: unsureSince ? `${sentence}. ${repeatNote}` : sentence,
        url: listUrl(deps.publicUrl, command),
        mention: chosen && (await assigneeInSlack(deps, installationId, chosen)),
      }),
    };
  },
  // The alerts' histories have the change; a notice that Slack refuses must not block the channel.
  rules: { channelFault: "hold", gone: "give-up", lastStep: 2 },
};

interface BulkNoticeView {
  /** The change as one sentence. */
  sentence: string;
  /** The list of the alerts in the Console. */
  url: string;
  /** The Slack ID of a new assignee whom somebody else chose. */
  mention: string | null;
}

/** Draws the notice of a bulk change. The sentence is inert. */
export function drawBulkNotice({ sentence, url, mention }: BulkNoticeView): SlackMessage {
  const line = oneLine(sentence, 1200);
  const elements: RichTextElement[] = [{ type: "text", text: `${line} ` }];
  if (mention) elements.push({ type: "user", user_id: mention }, { type: "text", text: " " });
  elements.push({ type: "link", url, text: "See all in Tocsin" });
  return {
    text: escapeText(cut(line, 700)) + (mention ? ` <@${mention}>` : ""),
    blocks: [{ type: "rich_text", block_id: "bulk", elements: [{ type: "rich_text_section", elements }] }],
  };
}

/** A bulk change in one line: `Ada resolved 37 alerts: noise from the pentest`. */
export function bulkSentence(actor: Actor, command: AlertCommand, alerts: number): string {
  const { status, assignee, comment, disposition = null, duplicateOf = null } = command;
  const many = alerts === 1 ? "1 alert" : `${alerts} alerts`;
  const suffix = comment ? `: ${comment}` : "";
  const why = inBrackets({ disposition, duplicateOf });
  if (status === undefined && disposition !== null)
    return `${actor.name} changed the disposition of ${many}${why}${suffix}`;
  if (status === undefined && assignee === undefined) return `${actor.name} commented on ${many}${suffix}`;
  if (status === undefined) return `${actor.name} ${assigneePhrase(actor, assignee ?? null, many)}${suffix}`;
  const also = assignee === undefined ? "" : ` and ${assigneePhrase(actor, assignee, "them")}`;
  return `${actor.name} ${statusPhrase(status, many)}${why}${also}${suffix}`;
}

function assigneePhrase(actor: Actor, to: { id: string; name: string } | null, what: string): string {
  if (!to) return `unassigned ${what}`;
  return to.id === actor.id ? `took ${what}` : `assigned ${what} to ${to.name}`;
}

function statusPhrase(status: Status, many: string): string {
  switch (status) {
    case "OPEN":
      return `set ${many} to Open`;
    case "TRIAGED":
      return `triaged ${many}`;
    case "RESOLVED":
      return `resolved ${many}`;
    case "CLOSED":
      return `marked ${many} as invalid`;
    default:
      return status satisfies never;
  }
}

/** The Console's list of the alerts of a bulk change, last changed first. */
function listUrl(publicUrl: string, { status, assignee }: AlertCommand): string {
  const filters = new URLSearchParams({ sort: "-updatedAt" });
  if (status) filters.set("status", status);
  if (assignee) filters.set("assignee", assignee.id);
  return `${publicUrl}/alerts?${filters}`;
}

/** A change of more than 10 alerts at once. */
export interface BulkChange {
  id: string;
  actor: Actor;
  command: AlertCommand;
}

/**
 * A notice waits until the whole bulk change is made, or for so long after its last change if that is
 * interrupted.
 */
const noticeDelaySeconds = 30;

/** Counts a changed alert in the notice of each channel that has its card or digest and syncs with Tocsin. */
export async function countInNotices(tx: Transaction, bulk: BulkChange, alertId: string): Promise<void> {
  const content: Content = { actor: bulk.actor, command: bulk.command, alerts: 1 };
  await sql`
    insert into messages (id, kind, line, installation_id, subject_id, content, rank, due_at)
    select gen_random_uuid(), 'bulk-notice', d.line, d.installation_id, ${bulk.id}, ${JSON.stringify(content)}::jsonb,
      ${ranks["bulk-notice"]}, now() + make_interval(secs => ${noticeDelaySeconds})
    from (
      select distinct d.line, t.installation_id from deliveries d join destinations t on t.id = d.destination_id
      where d.alert_id = ${alertId} and d.state in ('sent', 'digested')
        and t.type = 'slack-bot' and t.sync_to_slack and t.deleted_at is null) d
    on conflict (subject_id, line) where kind = 'bulk-notice' do update set due_at = excluded.due_at,
      content = jsonb_set(messages.content, '{alerts}', to_jsonb((messages.content ->> 'alerts')::int + 1))`.execute(
    tx,
  );
}

/** Makes the notices due once the bulk change is complete. */
export async function releaseNotices(db: Database["kysely"], bulkId: string): Promise<void> {
  await sql`
    update messages set due_at = now() where subject_id = ${bulkId} and kind = 'bulk-notice'`.execute(db);
}
