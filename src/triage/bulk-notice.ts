import { sql } from "kysely";
import type { Actor } from "../alert/actor.ts";
import { transaction } from "../db/transaction.ts";
import type { ClaimedLine, SayJob } from "../outbox/claim-line.ts";
import { releaseLine } from "../outbox/lines.ts";
import { SlackFault } from "../slack/client/slack-fault.ts";
import { renderBulkLine } from "../slack/message/render-bulk-line.ts";
import { bulkSentence } from "./bulk/bulk-sentence.ts";
import { listAddress } from "./bulk/list-address.ts";
import type { AlertCommand } from "./decide-change.ts";
import type { Deps } from "../outbox/deps.ts";
import { lineEnd } from "../deliver/line-end.ts";
import { nextAttempt } from "../outbox/next-attempt.ts";
import { assigneeInSlack } from "../connect/identity/assignee-in-slack.ts";

interface Notice {
  actor: Actor;
  command: AlertCommand;
  alerts: number;
  created_at: Date;
}

/** Tells a channel of a bulk change, in the one line that stands for its threads' replies. */
export async function sayNotice(deps: Deps, line: ClaimedLine, job: SayJob): Promise<void> {
  const { rows } = await sql<Notice>`
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

async function post(deps: Deps, line: ClaimedLine, { actor, command, alerts }: Notice): Promise<void> {
  const client = await deps.clientFor(line.installationId);
  const { assignee } = command;
  const chosen = assignee && assignee.id !== actor.id ? assignee : null;
  await client.postMessage({
    channel: line.channelId,
    message: renderBulkLine({
      sentence: bulkSentence(actor, command, alerts),
      url: listAddress(deps.publicUrl, command),
      mention: chosen && (await assigneeInSlack(deps, line.installationId, chosen)),
    }),
  });
}

async function settle(deps: Deps, line: ClaimedLine, job: SayJob): Promise<void> {
  await transaction(deps.db, async (tx) => {
    await sql`delete from line_notices where bulk_id = ${job.bulkId} and line = ${line.key}`.execute(tx);
    await releaseLine(tx, { key: line.key, me: deps.me, end: { kind: "used" } });
  });
}

async function settleFault(
  deps: Deps,
  line: ClaimedLine,
  { job, fault, since }: { job: SayJob; fault: SlackFault; since: Date },
): Promise<void> {
  deps.log({ bulk: job.bulkId, line: line.key, error: fault.code }, "bulk change not told");
  const failed = { fault, attempts: 1, faultsInARow: line.faultsInARow, waitingSince: since, shape: 2 };
  const next = nextAttempt(failed, deps.clock(), deps.jitter());
  // The histories have it; a line that Slack won't take is not worth holding up the channel.
  if (next.kind === "give-up" || next.kind === "simplify") return settle(deps, line, job);
  await transaction(deps.db, (tx) => releaseLine(tx, { key: line.key, me: deps.me, end: lineEnd(next) }));
}
