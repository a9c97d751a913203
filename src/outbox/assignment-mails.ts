import { sql } from "kysely";
import type { Actor, Severity } from "../alert/alert.ts";
import type { HistoryEvent } from "../alert/history-event.ts";
import type { Database } from "../db/connect.ts";
import { type Transaction, transaction } from "../db/transaction.ts";

/** An email waits this long for further assignments to the same person, such as those of a bulk change. */
const collectSeconds = 10;

/** Queues the email to a new assignee, in the transaction of the assignment, if they want one and somebody else did it. */
export async function queueAssignmentMails(
  tx: Transaction,
  { event, actor }: { event: HistoryEvent; actor: Actor },
  appended: readonly { alertId: string; seq: number }[],
): Promise<void> {
  if (event.kind !== "assigned" || event.data.to.id === actor.id) return;
  await sql`
    insert into assignment_mails (alert_id, user_id, seq, assigned_by, due_at)
    select e."alertId", u.id, e.seq, ${actor.name}, now() + make_interval(secs => ${collectSeconds})
    from json_to_recordset(${JSON.stringify(appended)}::json) as e("alertId" uuid, seq int), users u
    where u.id = ${event.data.to.id} and u.enabled and u.mail_when_assigned
    on conflict (alert_id, user_id) do update
      set seq = excluded.seq, assigned_by = excluded.assigned_by, due_at = excluded.due_at, attempts = 0`.execute(
    tx,
  );
}

/** An assignment that its assignee is to be told. */
export interface DueAssignment {
  alertId: string;
  number: number;
  severity: Severity;
  by: string;
  seq: number;
}

/** What one email is about. */
export interface DueAssignments {
  userId: string;
  email: string;
  /** Of the oldest assignment, this one included. */
  attempts: number;
  assignments: DueAssignment[];
}

const leaseSeconds = 120;

/**
 * Claims all new assignments of one person who is due an email; null if nobody is. If this node dies, they are due again
 * after the lease.
 */
export async function claimAssignments(db: Database): Promise<DueAssignments | null> {
  const { rows } = await sql`select from assignment_mails where due_at <= now() limit 1`.execute(db.kysely);
  if (rows.length === 0) return null;
  return transaction(db, async (tx) => {
    // Nodes take turns, or two of them would each get some of one person's assignments.
    await sql`select pg_advisory_xact_lock(hashtext('tocsin assignment mails'))`.execute(tx);
    await dropUnwanted(tx);
    return claimOfOne(tx);
  });
}

/** The alert has another assignee by now, or the person is disabled or has switched these emails off. */
async function dropUnwanted(tx: Transaction): Promise<void> {
  await sql`
    delete from assignment_mails m using users u, alerts a
    where u.id = m.user_id and a.id = m.alert_id
      and not (u.enabled and u.mail_when_assigned and a.assignee_id is not distinct from u.id)`.execute(tx);
}

async function claimOfOne(tx: Transaction): Promise<DueAssignments | null> {
  const { rows } = await sql<DueAssignments>`
    with due as (select user_id from assignment_mails where due_at <= now() order by due_at limit 1),
    mine as (
      update assignment_mails m
      set due_at = now() + make_interval(secs => ${leaseSeconds}), attempts = m.attempts + 1
      from due where m.user_id = due.user_id and (m.due_at <= now() or m.attempts = 0) returning m.*
    )
    select m.user_id as "userId", u.email, max(m.attempts) as attempts,
      json_agg(json_build_object('alertId', m.alert_id, 'seq', m.seq, 'by', m.assigned_by, 'number', a.number,
        'severity', a.severity) order by a.severity desc, a.number) as assignments
    from mine m join users u on u.id = m.user_id join alerts a on a.id = m.alert_id
    group by m.user_id, u.email`.execute(tx);
  return rows[0] ?? null;
}

/** Settles an email: `retrySeconds` until it is tried again, or null if it was sent or is given up. */
export async function settleAssignments(
  db: Database,
  { userId, assignments }: DueAssignments,
  retrySeconds: number | null,
): Promise<void> {
  if (retrySeconds === null) return forget(db.kysely, userId, assignments);
  await sql`
    update assignment_mails set due_at = now() + make_interval(secs => ${retrySeconds}::float8)
    where user_id = ${userId} and ${among(assignments)}`.execute(db.kysely);
}

/** Drops what is queued, for a Tocsin without a mail server. */
export async function dropAssignmentMails({ kysely }: Database): Promise<void> {
  await sql`delete from assignment_mails where due_at <= now()`.execute(kysely);
}

type Assignments = readonly { alertId: string; seq: number }[];

async function forget(db: Database["kysely"], userId: string, assignments: Assignments): Promise<void> {
  await sql`delete from assignment_mails where user_id = ${userId} and ${among(assignments)}`.execute(db);
}

/** These assignments and no later ones of the same alerts. */
function among(assignments: Assignments) {
  const keys = JSON.stringify(assignments.map(({ alertId, seq }) => ({ alertId, seq })));
  return sql`(alert_id, seq) in (
    select "alertId", seq from json_to_recordset(${keys}::json) as e("alertId" uuid, seq int))`;
}
