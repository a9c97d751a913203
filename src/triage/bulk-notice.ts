import type { RichTextElement } from "@slack/types";
import { sql } from "kysely";
import type { Actor, Status } from "../alert/alert.ts";
import { assigneeInSlack } from "../connect/identity/assignee-in-slack.ts";
import type { Database } from "../db/connect.ts";
import { type Transaction, transaction } from "../db/transaction.ts";
import type { BulkNoticeJob, ClaimedLine } from "../outbox/claim-line.ts";
import type { Deps } from "../outbox/deps.ts";
import { releaseLine } from "../outbox/lines.ts";
import { lineOutcome, nextAttempt, othersRefused, retryContext } from "../outbox/next-attempt.ts";
import { SlackFault } from "../slack/client/slack-fault.ts";
import type { SlackMessage } from "../slack/message.ts";
import { cut, escapeText, oneLine } from "../slack/text/text.ts";
import type { AlertCommand } from "./decide-change.ts";

interface NoticeRow {
  actor: Actor;
  command: AlertCommand;
  alerts: number;
  created_at: Date;
}

/** Posts the one notice of a bulk change in a channel, instead of replies in its threads. */
export async function postBulkNotice(deps: Deps, line: ClaimedLine, job: BulkNoticeJob): Promise<void> {
  const { rows } = await sql<NoticeRow>`
    select actor, command, alerts, created_at from line_notices
    where bulk_id = ${job.bulkId} and line = ${line.key}`.execute(deps.db.kysely);
  const [notice] = rows;
  try {
    if (notice) await post(deps, line, notice);
    await deps.write(() => settle(deps, line, job));
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    await settleFault(deps, line, { job, fault, since: notice?.created_at ?? deps.clock() });
  }
}

async function post(deps: Deps, line: ClaimedLine, { actor, command, alerts }: NoticeRow): Promise<void> {
  const client = await deps.clientFor(line.installationId);
  const { assignee } = command;
  const chosen = assignee && assignee.id !== actor.id ? assignee : null;
  await client.postMessage({
    channel: line.channelId,
    message: drawBulkNotice({
      sentence: bulkSentence(actor, command, alerts),
      url: listUrl(deps.publicUrl, command),
      mention: chosen && (await assigneeInSlack(deps, line.installationId, chosen)),
    }),
  });
}

async function settle(deps: Deps, line: ClaimedLine, job: BulkNoticeJob): Promise<void> {
  await transaction(deps.db, async (tx) => {
    await sql`delete from line_notices where bulk_id = ${job.bulkId} and line = ${line.key}`.execute(tx);
    await releaseLine(tx, deps, line, { kind: "used" });
  });
}

async function settleFault(
  deps: Deps,
  line: ClaimedLine,
  { job, fault, since }: { job: BulkNoticeJob; fault: SlackFault; since: Date },
): Promise<void> {
  deps.log({ bulk: job.bulkId, line: line.key, error: fault.code }, "bulk notice not posted");
  const failed = {
    fault,
    attempts: 1,
    faultsInARow: line.faultsInARow,
    waitingSince: since,
    drawStep: 2,
    othersRefused: othersRefused(line, { code: fault.code, id: job.bulkId }),
  };
  const next = nextAttempt(failed, retryContext(deps));
  // The alerts' histories have the change; a notice that Slack refuses must not block the channel.
  if (next.kind === "give-up" || next.kind === "simplify") return settle(deps, line, job);
  await transaction(deps.db, async (tx) => {
    if (next.kind === "refuse")
      await sql`update line_notices set due_at = now() + make_interval(secs => ${next.deliverySeconds})
        where bulk_id = ${job.bulkId} and line = ${line.key}`.execute(tx);
    await releaseLine(tx, deps, line, lineOutcome(next, job.bulkId));
  });
}

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
  const { status, assignee, comment } = command;
  const many = alerts === 1 ? "1 alert" : `${alerts} alerts`;
  const suffix = comment ? `: ${comment}` : "";
  if (status === undefined && assignee === undefined) return `${actor.name} commented on ${many}${suffix}`;
  if (status === undefined) return `${actor.name} ${assigneePhrase(actor, assignee ?? null, many)}${suffix}`;
  const also = assignee === undefined ? "" : ` and ${assigneePhrase(actor, assignee, "them")}`;
  return `${actor.name} ${statusPhrase(status, many)}${also}${suffix}`;
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
  await sql`
    insert into line_notices (bulk_id, line, actor, command, alerts, due_at)
    select distinct ${bulk.id}::uuid, d.line, ${JSON.stringify(bulk.actor)}::jsonb,
      ${JSON.stringify(bulk.command)}::jsonb, 1, now() + make_interval(secs => ${noticeDelaySeconds})
    from deliveries d join destinations t on t.id = d.destination_id
    where d.alert_id = ${alertId} and d.state in ('sent', 'digested')
      and t.type = 'slack-bot' and t.sync_to_slack and t.deleted_at is null
    on conflict (bulk_id, line) do update set alerts = line_notices.alerts + 1, due_at = excluded.due_at`.execute(
    tx,
  );
}

/** Makes the notices due once the bulk change is complete. */
export async function releaseNotices(db: Database["kysely"], bulkId: string): Promise<void> {
  await sql`update line_notices set due_at = now() where bulk_id = ${bulkId}`.execute(db);
}
