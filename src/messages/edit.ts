import { sql } from "kysely";
import { transaction } from "../db/transaction.ts";
import type { Deps } from "../outbox/deps.ts";
import { stillLeased } from "../outbox/lease.ts";
import { SlackFault } from "../slack/client/slack-fault.ts";
import type { ClaimedEdit, MessageEdit } from "./claim-edit.ts";
import type { Drawing, MessageKind } from "./message-kind.ts";
import { nextEdit } from "./next-edit.ts";

/** Where and how the edit of one kind of message is settled. */
export interface EditLife {
  table: "cards" | "messages";
  job: ClaimedEdit;
  draw(): Promise<Drawing>;
  /** The message stays due if there were changes during the edit. */
  edited(drawing: Drawing): Promise<void>;
  again(next: { seconds: number; drawStep: number }): Promise<void>;
  /** It can't be edited any more; `deleted`: because somebody has deleted it in Slack. */
  gone(why: { deleted: boolean }): Promise<void>;
  /** It is not edited again until it has to show another change. */
  left(): Promise<void>;
}

/** Edits a message so that it shows the current state of its subject. */
export async function edit(deps: Deps, life: EditLife): Promise<void> {
  const { table, job } = life;
  const { installationId, channelId, ts, drawStep } = job;
  try {
    const [client, drawing] = await Promise.all([deps.clientFor(installationId), life.draw()]);
    if (!(await stillLeased(deps, table, job))) return;
    if (drawing.message) await client.update({ channel: channelId, ts, message: drawing.message });
    await drawing.shownInSlack?.();
    await life.edited(drawing);
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    const next = nextEdit(fault, job, deps.jitter());
    deps.log({ message: job.id, in: table, error: fault.code, next: next.kind }, "message not edited");
    switch (next.kind) {
      case "again":
        if (next.pauseSeconds > 0) await pause(deps, installationId, next.pauseSeconds);
        return await life.again({ seconds: next.seconds, drawStep });
      case "simplify":
        return await life.again({ seconds: 0, drawStep: next.drawStep });
      case "gone":
        return await life.gone(next);
      case "leave":
        return await life.left();
      default:
        return next satisfies never;
    }
  }
}

async function pause({ db }: Deps, installationId: string, seconds: number): Promise<void> {
  await sql`
    update installations set updates_open_at = greatest(updates_open_at,
      clock_timestamp() + make_interval(secs => ${seconds}))
    where id = ${installationId}`.execute(db.kysely);
}

/** The edit of a message that is a row of `messages`. */
export function editOf(deps: Deps, job: MessageEdit, kind: MessageKind): EditLife {
  const { id, message, ts, wanted } = job;
  const ours = sql`id = ${id} and lease = ${job.lease}`;
  const left = async () => {
    await sql`
      update messages set lease = null, leased_until = null, attempts = attempts + 1,
        edit_at = case when wanted <> ${wanted} then now() end
      where ${ours}`.execute(deps.db.kysely);
  };
  return {
    table: "messages",
    job,
    draw: () => kind.draw(deps, message),
    edited: (drawing) =>
      transaction(deps.db, async (tx) => {
        await drawing.settled?.(tx, { ts, shown: drawing.shown ?? message.shown });
        await sql`
          update messages set lease = null, leased_until = null, attempts = 0,
            edit_at = case when wanted = ${wanted} then null else edit_at end
          where ${ours}`.execute(tx);
      }),
    async again(next) {
      await sql`
        update messages set lease = null, leased_until = null, attempts = attempts + 1, step = ${next.drawStep},
          edit_at = now() + make_interval(secs => ${next.seconds})
        where ${ours}`.execute(deps.db.kysely);
    },
    async gone(why) {
      await left();
      await transaction(deps.db, async (tx) => kind.gone?.(tx, message, why));
    },
    left,
  };
}
