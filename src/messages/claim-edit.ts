import { sql } from "kysely";
import type { Database } from "../db/connect.ts";
import { prepared } from "../db/transaction.ts";
import type { Deps } from "../outbox/deps.ts";

/** A card that shows less than its alert says. */
export interface UpdateJob {
  cardId: string;
  installationId: string;
  /** What was wanted when it was claimed: more may come while it is drawn. */
  wanted: number;
}

interface Workspace {
  id: string;
  updatesAt: Date[];
  now: Date;
}

/**
 * Takes one due card for which its workspace has budget left, and spends it: cards that people have just
 * touched first, then open alerts by severity, then the newest. Many changes of a card are one update.
 */
export async function claimUpdate({ db, pace }: Pick<Deps, "db" | "pace">): Promise<UpdateJob | null> {
  for (const workspace of await dueWorkspaces(db)) {
    const budget = updateBudget(workspace.updatesAt, workspace.now);
    const job = budget === "none" ? null : await spend(db, workspace, { budget, lease: pace.jobLease });
    if (job) return job;
  }
  return null;
}

/** The workspaces in which a card is due and that Slack has not asked to wait. */
function dueWorkspaces(db: Database): Promise<Workspace[]> {
  const statement = sql<Workspace>`
    select id, updates_at as "updatesAt", now() as now from installations i
    where updates_open_at <= now()
      and (select true from cards c join lines l on l.key = c.line
        where l.installation_id = i.id and c.update_due_at <= now()
          and (c.leased_until is null or c.leased_until <= now()) limit 1)`;
  return prepared(db, "due-workspaces", statement);
}

/** Null if another worker has spent meanwhile, or if nothing is due that this budget is for. */
async function spend(
  db: Database,
  { id, updatesAt, now }: Workspace,
  { budget, lease }: { budget: UpdateBudget; lease: number },
): Promise<UpdateJob | null> {
  const statement = sql<UpdateJob>`
    with budget as (
      select id from installations where id = ${id} and updates_at = ${updatesAt}::timestamptz[]
      for no key update skip locked
    ), card as (
      select c.id, c.update_wanted, b.id as installation_id from budget b
      join lines l on l.installation_id = b.id
      join cards c on c.line = l.key
      join alerts a on a.id = c.alert_id
      cross join lateral (select coalesce(c.touched_at > now() - interval '1 minute', false) as touched) t
      where c.update_due_at <= now() and (c.leased_until is null or c.leased_until <= now())
        and (t.touched or ${budget === "any"})
      order by t.touched desc, case when t.touched then c.touched_at end desc,
        (a.status in ('OPEN', 'TRIAGED')) desc, a.severity desc, a.number desc
      limit 1 for update of c skip locked
    ), leased as (
      update cards set leased_until = now() + make_interval(secs => ${lease})
      from card where cards.id = card.id
    ), spent as (
      update installations i set updates_at = ${[...recentUpdates(updatesAt, now), now]}::timestamptz[]
      from card where i.id = card.installation_id
    )
    select id as "cardId", installation_id as "installationId", update_wanted as wanted from card`;
  const [job] = await prepared(db, "spend-update", statement);
  return job ?? null;
}

/** Other workers spend from the same budget at the same time. */
const tries = 3;

/**
 * Takes one `chat.update` from the budget of a workspace, for what is not a card. False if there is none left
 * of that kind, or if Slack has asked to wait.
 */
export async function spendUpdate(
  db: Database["kysely"],
  installationId: string,
  of: "any" | "touched",
): Promise<boolean> {
  for (let tried = 0; tried < tries; tried++) {
    const { rows } = await sql<{ updatesAt: Date[]; now: Date }>`
      select updates_at as "updatesAt", now() as now from installations
      where id = ${installationId} and updates_open_at <= now()`.execute(db);
    const [workspace] = rows;
    const budget = workspace ? updateBudget(workspace.updatesAt, workspace.now) : "none";
    if (!workspace || budget === "none" || (budget === "touched" && of === "any")) return false;
    const { updatesAt, now } = workspace;
    const spent = await sql`
      update installations set updates_at = ${[...recentUpdates(updatesAt, now), now]}::timestamptz[]
      where id = ${installationId} and updates_at = ${updatesAt}::timestamptz[] returning 1`.execute(db);
    if (spent.rows.length > 0) return true;
  }
  return false;
}

/** What a workspace may still spend: on any card, only on those that somebody has just touched, or on none. */
type UpdateBudget = "any" | "touched" | "none";

/**
 * Slack takes 50 `chat.update` a minute and workspace (Tier 3, in a sliding minute). An update reaches Slack a
 * little after it was counted, some sooner than others: two seconds more than a minute make up for that.
 */
const most = 50;
const windowMs = 62_000;
/** Kept for cards that people touch while a storm of others uses up the rest. */
const keptForTouched = 12;

/** The updates that still count at `now`. */
export function recentUpdates(updatesAt: readonly Date[], now: Date): Date[] {
  return updatesAt.filter((at) => now.getTime() - at.getTime() < windowMs);
}

/** What may be spent at `now`, after updates at these times. */
export function updateBudget(updatesAt: readonly Date[], now: Date): UpdateBudget {
  const spent = recentUpdates(updatesAt, now).length;
  if (spent >= most) return "none";
  return spent < most - keptForTouched ? "any" : "touched";
}
