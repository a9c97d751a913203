import { type RawBuilder, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { MessageKindName } from "../db/tables/outgoing.ts";
import type { Transaction } from "../db/transaction.ts";
import { digestRank } from "../outbox/claim-line.ts";

/** In a line, messages of a lower rank go first. Cards go after a digest and before the others (docs/behaviour.md#rates). */
export const ranks: Record<MessageKindName, number> = {
  digest: digestRank,
  question: 3,
  "bulk-notice": 4,
  "direct-notice": 4,
  reminder: 4,
  reply: 5,
};

interface NewMessage {
  id?: string;
  kind: MessageKindName;
  installationId: string;
  /** Its line is made if there is none. */
  to: { channel: string } | { person: string };
  subjectId: string;
  /** The message in whose thread it goes. */
  parentId?: string;
  content?: object;
}

/** Queues a message, to be posted by its line. */
export async function queue(tx: Transaction, message: NewMessage): Promise<void> {
  const { id = uuidv7(), kind, installationId, to, subjectId, parentId = null, content = null } = message;
  const place = "person" in to ? to.person : to.channel;
  const line = `${installationId}:${place}`;
  await sql`
    with line as (
      insert into lines (key, installation_id, channel_id, of_person)
      values (${line}, ${installationId}, ${place}, ${"person" in to})
      -- Locks the line, so that it is not deleted before the message can be seen.
      on conflict (key) do update set key = excluded.key
    )
    insert into messages (id, kind, line, installation_id, subject_id, parent_id, content, rank)
    values (${id}, ${kind}, ${line}, ${installationId}, ${subjectId}, ${parentId},
      ${content && JSON.stringify(content)}::jsonb, ${ranks[kind]})`.execute(tx);
}

/**
 * SQL: queues a reply in the thread of each card, rows with `id`, `alert_id`, `line` and `installation_id`. Changes that
 * come while a reply waits are told by the same one.
 */
export const queueReplies = (cards: RawBuilder<unknown>) => sql`
  insert into messages (id, kind, line, installation_id, subject_id, parent_id, rank)
  select gen_random_uuid(), 'reply', c.line, c.installation_id, c.alert_id, c.id, ${sql.lit(ranks.reply)} from ${cards} c
  on conflict (parent_id) where kind = 'reply' do update set wanted = messages.wanted + 1`;
