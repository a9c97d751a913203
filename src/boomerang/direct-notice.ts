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

const mostAttempts = 20;

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

/** Tells somebody by direct message; whoever is not in Slack finds it in the history. */
export async function sendDirectNotice(deps: Deps, note: DirectNotice): Promise<void> {
  try {
    const client = await deps.clientFor(note.installationId);
    const user = await assigneeInSlack(deps, note.installationId, note.person);
    if (user) {
      const channel = await client.conversationsOpen(user);
      await client.postMessage({ channel, message: drawNotice(`#${note.number}: ${note.words}`) });
    }
    await deps.write(() => drop(deps.db, note));
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    deps.log({ note: note.id, error: fault.code }, "a note was not sent");
    if (note.attempts >= mostAttempts || fault.kind === "gone" || fault.kind === "content")
      return drop(deps.db, note);
    const seconds = fault.retryAfterSeconds ?? Math.min(900, 2 ** note.attempts);
    await sql`update direct_notes set leased_until = null, send_at = now() + make_interval(secs => ${seconds})
      where id = ${note.id}`.execute(deps.db.kysely);
  }
}

async function drop({ kysely }: Database, { id }: DirectNotice): Promise<void> {
  await sql`delete from direct_notes where id = ${id}`.execute(kysely);
}
