import { sql } from "kysely";
import type { Transaction } from "../../../db/transaction.ts";
import type { Drawing, MessageKind } from "../../../messages/message-kind.ts";
import { repeatNote } from "../../../messages/post.ts";
import type { Message } from "../../../outbox/claim-line.ts";
import type { Deps } from "../../../outbox/deps.ts";
import { confirmGathered, gather } from "./gather.ts";
import { countLine, isOver } from "./look-at-digest.ts";
import { drawCurrentDigest } from "./read-digest.ts";

/** The message of a storm. It has the digest's id, and stands for many alerts, so it is never given up. */
export const digest: MessageKind = {
  draw,
  stays: true,
  gone,
  rules: { channelFault: "hold", gone: "hold", lastStep: 2, unsendable: "seldom" },
};

async function draw(deps: Deps, message: Message): Promise<Drawing> {
  const { id, line, ts, drawStep, unsureSince } = message;
  const { kysely } = deps.db;
  const { closed, redraws } = await kysely
    .selectFrom("digests")
    .select(["redraws", sql<boolean>`closed_at is not null`.as("closed")])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  if (!closed) await gather(kysely, { id, line });
  const over =
    closed || (ts !== null && isOver({ ...(await countLine(kysely, { id, line })), joining: false }));
  const note = ts === null && unsureSince ? { note: repeatNote } : {};
  const drawn = await drawCurrentDigest(deps, { id, line, redraws, shape: drawStep, over, ...note });
  return {
    message: ts === null && (drawn.empty || drawn.frozen) ? null : drawn.message,
    async settled(tx, { ts }) {
      if (ts === null) return await end(tx, message);
      const check = deps.pace.digestCheck;
      await sql`
        update digests g set drawn_at = now(), names_loud = ${drawn.namesLoud},
          permalink = i.url || ${`archives/${message.channelId}/p${ts.replace(".", "")}`},
          closed_at = case when ${over} then coalesce(closed_at, now()) end,
          due_at = case when not ${over} then now() + make_interval(secs => ${check}) end
        from installations i where g.id = ${id} and i.id = ${message.installationId}`.execute(tx);
      if (drawn.frozen) await end(tx, message);
      else if (over) await endStorm(tx, message);
    },
    async shownInSlack() {
      if (!closed) await confirmGathered(deps.db, id);
    },
  };
}

/** A digest that was deleted in Slack is posted again during its storm. Otherwise the next storm gets a new one. */
async function gone(tx: Transaction, message: Message, { deleted }: { deleted: boolean }): Promise<void> {
  const again = await sql`
    update messages set state = 'due', due_at = now(), created_at = now(), channel_id = null, ts = null, edit_at = null,
      attempts = 0
    where id = ${message.id} and ${deleted}
      and exists (select from digests where id = ${message.id} and closed_at is null)`.execute(tx);
  if (again.numAffectedRows === 0n) await end(tx, message);
}

/** Ends a digest that can't be changed any more, or has nothing to show. */
async function end(tx: Transaction, message: Message): Promise<void> {
  await sql`
    update digests set gone = true, closed_at = coalesce(closed_at, now()), due_at = null
    where id = ${message.id}`.execute(tx);
  await endStorm(tx, message);
  await sql`delete from messages where id = ${message.id}`.execute(tx);
}

async function endStorm(tx: Transaction, { id, line }: Message): Promise<void> {
  await sql`update lines set digest_id = null where key = ${line} and digest_id = ${id}`.execute(tx);
}
