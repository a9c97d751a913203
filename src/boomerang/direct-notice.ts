import { sql } from "kysely";
import type { Person } from "../alert/alert.ts";
import { assigneeInSlack } from "../connect/identity/assignee-in-slack.ts";
import type { Transaction } from "../db/transaction.ts";
import { drawNotice } from "../interact/notices.ts";
import type { MessageKind } from "../messages/message-kind.ts";
import { repeatNote } from "../messages/post.ts";
import { queue } from "../messages/queue.ts";

interface Content {
  userId: string;
  words: string;
}

interface Row extends Content {
  number: number;
  person: Person;
}

/** A direct message to a Tocsin user. Dropped if the person is not in Slack, since the history has it too. */
export const directNotice: MessageKind = {
  async draw(deps, { id, installationId, unsureSince }) {
    const { rows } = await sql<Row>`
      select a.number, m.content ->> 'words' as words,
        json_build_object('id', u.id, 'email', u.email, 'name', u.name) as person
      from messages m join alerts a on a.id = m.subject_id join users u on u.id = (m.content ->> 'userId')::uuid
      where m.id = ${id}`.execute(deps.db.kysely);
    const [notice] = rows;
    const user = notice && (await assigneeInSlack(deps, installationId, notice.person));
    if (!user) return { message: null };
    const client = await deps.clientFor(installationId);
    const { number, words } = notice;
    return {
      message: drawNotice(`#${number}: ${words}${unsureSince ? ` (${repeatNote})` : ""}`),
      channel: await client.conversationsOpen(user),
    };
  },
  rules: { channelFault: "give-up", gone: "give-up", lastStep: 2 },
};

/** Queues a direct message about an alert to a Tocsin user; their line has their own id, since Slack's may be unknown. */
export async function queueDirectNotice(
  tx: Transaction,
  to: Content & { installationId: string; alertId: string },
): Promise<void> {
  const { installationId, alertId, userId, words } = to;
  const content: Content = { userId, words };
  await queue(tx, {
    kind: "direct-notice",
    installationId,
    to: { person: userId },
    subjectId: alertId,
    content,
  });
}
