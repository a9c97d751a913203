import { sql } from "kysely";
import type { Person } from "../alert/alert.ts";
import { assigneeInSlack } from "../connect/identity/assignee-in-slack.ts";
import type { Database } from "../db/connect.ts";
import { drawNotice } from "../interact/notices.ts";
import type { Deps } from "../outbox/deps.ts";
import { SlackFault } from "../slack/client/slack-fault.ts";

export interface DirectNotice {
  id: string;
  installationId: string;
  person: Person;
  number: number;
  words: string;
  attempts: number;
}

const maxAttempts = 20;

export async function claimDirectNotice({ db, pace }: Deps): Promise<DirectNotice | null> {
  const { rows } = await sql<DirectNotice>`
    with due as (
      select id from direct_notes where send_at <= now() and (leased_until is null or leased_until <= now())
      order by send_at limit 1 for update skip locked
    ), leased as (
      update direct_notes n set leased_until = now() + make_interval(secs => ${pace.jobLease}), attempts = attempts + 1
      from due where n.id = due.id returning n.*
    )
    select n.id, n.installation_id as "installationId", a.number, n.words, n.attempts,
      json_build_object('id', u.id, 'email', u.email, 'name', u.name) as person
    from leased n join alerts a on a.id = n.alert_id join users u on u.id = n.user_id`.execute(db.kysely);
  return rows[0] ?? null;
}

/** Sends the notice as a direct message. Drops it if the person is not in Slack, since the history has it too. */
export async function sendDirectNotice(deps: Deps, notice: DirectNotice): Promise<void> {
  try {
    const client = await deps.clientFor(notice.installationId);
    const user = await assigneeInSlack(deps, notice.installationId, notice.person);
    if (user) {
      const channel = await client.conversationsOpen(user);
      await client.postMessage({ channel, message: drawNotice(`#${notice.number}: ${notice.words}`) });
    }
    await deps.write(() => drop(deps.db, notice));
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    deps.log({ notice: notice.id, error: fault.code }, "a direct notice was not sent");
    if (notice.attempts >= maxAttempts || fault.kind === "gone" || fault.kind === "content")
      return drop(deps.db, notice);
    const seconds = fault.retryAfterSeconds ?? Math.min(900, 2 ** notice.attempts);
    await sql`update direct_notes set leased_until = null, send_at = now() + make_interval(secs => ${seconds})
      where id = ${notice.id}`.execute(deps.db.kysely);
  }
}

async function drop({ kysely }: Database, { id }: DirectNotice): Promise<void> {
  await sql`delete from direct_notes where id = ${id}`.execute(kysely);
}
