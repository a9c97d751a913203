import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Database } from "../db/connect.ts";
import { prepared } from "../db/transaction.ts";
import type { Message } from "../outbox/claim-line.ts";
import type { Deps } from "../outbox/deps.ts";
import type { RowClaim } from "../outbox/lease.ts";

/** The claimed edit of a message in Slack. */
export interface ClaimedEdit extends RowClaim {
  installationId: string;
  channelId: string;
  ts: string;
  /** Increases with changes that come during the edit. */
  wanted: number;
  drawStep: number;
  /** Edits that failed in a row before this one. */
  attempts: number;
}

/** The edit of a message that is not a card. */
export interface MessageEdit extends ClaimedEdit {
  message: Message;
}

/** The edit of a card. */
export interface CardEdit extends ClaimedEdit {
  alertId: string;
  destinationId: string;
  line: string;
  redraws: number;
  /** The card shows less than Tocsin knows, since its destination does not follow changes made in Tocsin. */
  catchingUp: "no" | "due" | "shown";
  /** The card is right but for its event count. */
  countOnly: boolean;
}

interface Workspace {
  id: string;
  updatesAt: Date[];
  now: Date;
}

/**
 * Claims the edit of one due message in a workspace with budget left, and takes it from the budget. The order is in
 * docs/behaviour.md#rates.
 */
export async function claimEdit({
  db,
  pace,
}: Pick<Deps, "db" | "pace">): Promise<CardEdit | MessageEdit | null> {
  for (const workspace of await dueWorkspaces(db)) {
    const budget = editBudget(workspace.updatesAt, workspace.now);
    if (budget === "none") continue;
    const terms = { budget, lease: pace.jobLease };
    const job = (await spendOnMessage(db, workspace, terms)) ?? (await spendOnCard(db, workspace, terms));
    if (job) return job;
  }
  return null;
}

/** Workspaces that have a due edit and are not paused by a 429. */
function dueWorkspaces(db: Database): Promise<Workspace[]> {
  const statement = sql<Workspace>`
    select id, updates_at as "updatesAt", now() as now from installations i
    where updates_open_at <= now()
      and ((select true from cards c join lines l on l.key = c.line
        where l.installation_id = i.id and c.update_due_at <= now()
          and (c.leased_until is null or c.leased_until <= now()) limit 1)
        or (select true from messages m where m.installation_id = i.id and m.edit_at <= now()
          and (m.leased_until is null or m.leased_until <= now()) limit 1))`;
  return prepared(db, "due-workspaces", statement);
}

interface Terms {
  budget: EditBudget;
  /** In seconds. */
  lease: number;
}

/** Messages that wait for longer than this may use the edits that are kept for people. */
const patience = "10 seconds";

/** Like `spendOnCard`, which comes after it: an answered question or a digest says more than one card. */
async function spendOnMessage(
  db: Database,
  { id, updatesAt, now }: Workspace,
  { budget, lease }: Terms,
): Promise<MessageEdit | null> {
  const claimedAt = performance.now();
  const token = randomUUID();
  const statement = sql<Message & { ts: string; channelId: string }>`
    with budget as (
      select id from installations where id = ${id} and updates_at = ${updatesAt}::timestamptz[]
      for no key update skip locked
    ), due as (
      select m.* from budget b join messages m on m.installation_id = b.id
      cross join lateral (select coalesce(m.touched_at > now() - interval '1 minute', false) as touched) t
      where m.edit_at <= now() and m.ts is not null and (m.leased_until is null or m.leased_until <= now())
        and (${budget} <> 'touched' or t.touched or m.edit_at < now() - ${patience}::interval)
      order by t.touched desc, m.rank, m.edit_at limit 1 for update of m skip locked
    ), leased as (
      update messages m set lease = ${token}, leased_until = now() + make_interval(secs => ${lease})
      from due where m.id = due.id
    ), spent as (
      update installations i set updates_at = ${[...recentEdits(updatesAt, now), now]}::timestamptz[]
      from due where i.id = due.installation_id
    )
    select id, kind, installation_id as "installationId", line, channel_id as "channelId", ts,
      subject_id as "subjectId", parent_id as "parentId", wanted, shown, step as "drawStep", attempts,
      null as "unsureSince", null as "seenTs", created_at as "waitingSince" from due`;
  const [message] = await prepared(db, "spend-message-edit", statement);
  return message ? { ...message, lease: token, claimedAt, message } : null;
}

/** Returns null if another worker used the budget meanwhile, or if no due card is allowed by it. */
async function spendOnCard(
  db: Database,
  { id, updatesAt, now }: Workspace,
  { budget, lease }: Terms,
): Promise<CardEdit | null> {
  const claimedAt = performance.now();
  const statement = sql<Omit<CardEdit, "claimedAt">>`
    with budget as (
      select id from installations where id = ${id} and updates_at = ${updatesAt}::timestamptz[]
      for no key update skip locked
    ), card as (
      select c.*, t.touched, b.id as installation_id from budget b
      join lines l on l.installation_id = b.id
      join cards c on c.line = l.key
      join alerts a on a.id = c.alert_id
      cross join lateral (select coalesce(c.touched_at > now() - interval '1 minute', false) as touched) t
      where c.update_due_at <= now() and (c.leased_until is null or c.leased_until <= now())
        and (t.touched or ${budget === "any"} or (${budget === "wrong"} and c.wrong_since is not null))
      order by t.touched desc, case when t.touched then c.touched_at end desc, (c.wrong_since is not null) desc,
        case when c.wrong_since < now() - ${longestWrong}::interval then c.wrong_since end,
        (a.status in ('OPEN', 'TRIAGED')) desc, a.severity desc, a.number desc
      limit 1 for update of c skip locked
    ), leased as (
      update cards set leased_until = now() + make_interval(secs => ${lease})
      from card where cards.id = card.id returning cards.leased_until::text as lease
    ), spent as (
      update installations i set updates_at = ${[...recentEdits(updatesAt, now), now]}::timestamptz[]
      from card where i.id = card.installation_id
    )
    select id, lease, installation_id as "installationId", channel_id as "channelId", ts, update_wanted as wanted,
      shape as "drawStep", attempts, alert_id as "alertId", destination_id as "destinationId", line, redraws,
      catching_up as "catchingUp", wrong_since is null and not touched as "countOnly"
    from card, leased`;
  const [job] = await prepared(db, "spend-edit", statement);
  return job ? { ...job, claimedAt } : null;
}

/** A card that shows an old status, assignee or severity for longer goes before all others. */
const longestWrong = "30 seconds";

/**
 * Which cards a workspace may still edit: any, those that are wrong in more than their event count, only those that a
 * person has just touched, or none.
 */
type EditBudget = "any" | "wrong" | "touched" | "none";

/**
 * Slack allows 50 `chat.update` per workspace in a sliding minute (Tier 3). The two extra seconds allow for
 * the varying delay between counting an edit and its arrival at Slack.
 */
const maxEdits = 50;
const windowMs = 62_000;
/** Reserved for cards that people touch during a storm of other edits. */
const reservedForTouched = 12;
/** Edits of event counts are spread over the minute, so that they never use what a wrong card needs. */
const latelyMs = 10_000;
const maxLately = 3;

/** The edits that still count at `now`. */
export function recentEdits(updatesAt: readonly Date[], now: Date): Date[] {
  return updatesAt.filter((at) => now.getTime() - at.getTime() < windowMs);
}

/** The budget at `now`, after edits at these times (docs/behaviour.md#rates). */
export function editBudget(updatesAt: readonly Date[], now: Date): EditBudget {
  const spent = recentEdits(updatesAt, now).length;
  if (spent >= maxEdits) return "none";
  if (spent >= maxEdits - reservedForTouched) return "touched";
  const lately = updatesAt.filter((at) => now.getTime() - at.getTime() < latelyMs).length;
  return lately >= maxLately ? "wrong" : "any";
}
