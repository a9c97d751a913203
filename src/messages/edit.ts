import { sql } from "kysely";
import { type Transaction, transaction } from "../db/transaction.ts";
import type { Deps } from "../outbox/deps.ts";
import { stillLeased } from "../outbox/lease.ts";
import { SlackFault } from "../slack/client/slack-fault.ts";
import type { MessageEdit } from "./claim-edit.ts";
import type { Drawing, MessageKind } from "./message-kind.ts";
import { nextEdit } from "./next-edit.ts";

/** Edits a message so that it shows the current state of its subject. */
export async function edit(deps: Deps, job: MessageEdit, kind: MessageKind): Promise<void> {
  const { message, channelId, ts } = job;
  try {
    const [client, drawing] = await Promise.all([
      deps.clientFor(message.installationId),
      kind.draw(deps, message),
    ]);
    if (!(await stillLeased(deps, "messages", job))) return;
    if (drawing.message) await client.update({ channel: channelId, ts, message: drawing.message });
    await drawing.shownInSlack?.();
    await settle(deps, job, drawing);
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    await settleFault(deps, job, { kind, fault });
  }
}

/** Settles an edit. The message stays due if there were changes during the edit. */
async function settle({ db }: Deps, { id, lease, message }: MessageEdit, drawing: Drawing): Promise<void> {
  await transaction(db, async (tx) => {
    await drawing.settled?.(tx, { ts: message.ts, shown: drawing.shown ?? message.shown });
    await sql`
      update messages set lease = null, leased_until = null, attempts = 0,
        edit_at = case when wanted = ${message.wanted} then null else edit_at end
      where id = ${id} and lease = ${lease}`.execute(tx);
  });
}

async function settleFault(
  deps: Deps,
  job: MessageEdit,
  { kind, fault }: { kind: MessageKind; fault: SlackFault },
): Promise<void> {
  const { message } = job;
  deps.log({ message: job.id, kind: message.kind, error: fault.code }, "message not edited");
  const next = nextEdit(fault, message, deps.jitter());
  await transaction(deps.db, async (tx) => {
    switch (next.kind) {
      case "again":
        if (next.pauseSeconds > 0) await pause(tx, message.installationId, next.pauseSeconds);
        return release(tx, job, { seconds: next.seconds, step: message.drawStep });
      case "simplify":
        return release(tx, job, { seconds: 0, step: next.drawStep });
      case "gone":
        await release(tx, job, null);
        return await kind.gone?.(tx, message, next);
      case "leave":
        return release(tx, job, null);
      default:
        return next satisfies never;
    }
  });
}

/** `next` is null if the message is not edited again until it has to show another change. */
async function release(
  tx: Transaction,
  { id, lease, message }: MessageEdit,
  next: { seconds: number; step: number } | null,
): Promise<void> {
  await sql`
    update messages set lease = null, leased_until = null, attempts = attempts + 1, step = ${next?.step ?? sql`step`},
      edit_at = case when ${next !== null} then now() + make_interval(secs => ${next?.seconds ?? 0})
        when wanted <> ${message.wanted} then now() end
    where id = ${id} and lease = ${lease}`.execute(tx);
}

async function pause(tx: Transaction, installationId: string, seconds: number): Promise<void> {
  await sql`
    update installations set updates_open_at = greatest(updates_open_at,
      clock_timestamp() + make_interval(secs => ${seconds}))
    where id = ${installationId}`.execute(tx);
}
