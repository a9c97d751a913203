import { type Kysely, type RawBuilder, sql } from "kysely";
import { auditSentence, sentenceText } from "../../alert/audit-sentence/audit-sentence.ts";
import type { Tables } from "../../db/tables/tables.ts";
import { type AuditEntryBody, type AuditFilters, actionsOf } from "./contract.ts";
import { type AuditRow, recordColumns, recordOf } from "./record.ts";

/** Time and id of an entry: where a page or batch ends. */
export type EntryKey = readonly [at: string, id: string];

interface Batch {
  count: number;
  /** Newest first, unless `ascending`. */
  ascending?: boolean;
  /** The last entry of the batch before. */
  after?: EntryKey | null;
}

/** Entries that match the filters, as the API shows them. */
export async function findEntries(
  db: Kysely<Tables>,
  filters: AuditFilters,
  batch: Batch,
): Promise<AuditEntryBody[]> {
  return (await findRows(db, filters, batch)).map(toEntryBody);
}

/** Rows that match the filters, with their links and the names of Slack users. */
export async function findRows(db: Kysely<Tables>, filters: AuditFilters, batch: Batch): Promise<FoundRow[]> {
  const { order } = directionOf(batch);
  const read = async (found: RawBuilder<unknown>) => {
    const { rows } = await sql<FoundRow>`
      ${withLinks(found)} order by a.at ${order}, a.id ${order}`.execute(db);
    return rows;
  };
  const q = filters.q?.trim();
  if (!q) return read(matching(filters, batch));
  const near = matching(filters, { ...batch, count: nearCount });
  const ends = sql`order by a.at ${order}, a.id ${order} limit ${batch.count}`;
  const rows = await read(sql`select a.* from (${near}) a where ${hasWords(q)} ${ends}`);
  if (rows.length === batch.count || !(await isFull(db, near))) return rows;
  const having = sql`select a.at, a.id from audit_log a where ${hasWords(q)}`;
  const others = [...conditionsOf(filters, batch), ...waysOf(filters).map(any)];
  return read(sql`
    with having_words as materialized (${having})
    select a.* from audit_log a join having_words w on (w.at, w.id) = (a.at, a.id) where ${all(others)} ${ends}`);
}

/**
 * Words that are in many entries are looked for in so many of them first: the index of words would read all that have
 * them. Rare words then come from that index.
 */
const nearCount = 10_000;

async function isFull(db: Kysely<Tables>, near: RawBuilder<unknown>): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from (${near}) a`.execute(db);
  return rows[0]?.count === nearCount;
}

/**
 * The entries that match, besides the words. Each way to match one of the lists has an index in the order of time, so
 * each is read by itself and only as far as needed.
 */
function matching(filters: AuditFilters, batch: Batch): RawBuilder<unknown> {
  const { order } = directionOf(batch);
  const ends = sql`order by a.at ${order}, a.id ${order} limit ${batch.count}`;
  const [ways, ...lists] = waysOf(filters);
  const others = [...conditionsOf(filters, batch), ...lists.map(any)];
  if (!ways) return sql`select a.* from audit_log a where ${all(others)} ${ends}`;
  const found = ways.map(
    (way) => sql`(select a.at, a.id from audit_log a where ${all([way, ...others])} ${ends})`,
  );
  return sql`select a.* from audit_log a where (a.at, a.id) in (${sql.join(found, sql` union all `)}) ${ends}`;
}

function directionOf({ ascending = false }: Batch) {
  return ascending ? { order: sql`asc`, behind: sql`>` } : { order: sql`desc`, behind: sql`<` };
}

/** The entries behind a link of the chain, in its order. */
export async function rowsAfter(db: Kysely<Tables>, seq: number, count: number): Promise<FoundRow[]> {
  const found = sql`select a.* from audit_chain l join audit_log a on a.id = l.entry_id
    where l.seq > ${seq} order by l.seq limit ${count}`;
  const { rows } = await sql<FoundRow>`${withLinks(found)} order by c.seq`.execute(db);
  return rows;
}

function withLinks(found: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select ${recordColumns}, c.seq, encode(c.hash, 'hex') as hash,
      encode(case when h.start_seq = c.seq - 1 then h.start_hash else p.hash end, 'hex') as previous,
      s.name as "slackName", t.name as "teamName"
    from (${found}) a
    left join audit_chain c on c.entry_id = a.id
    left join audit_chain p on p.seq = c.seq - 1
    cross join audit_head h
    left join lateral (select name from slack_users
      where slack_user_id = a.slack_user_id and a.slack_user_id is not null
      order by team_id is not distinct from a.slack_team_id desc limit 1) s on true
    left join lateral (select coalesce(team_name, enterprise_name) as name from installations
      where team_id = a.slack_team_id or enterprise_id = a.slack_team_id limit 1) t on true`;
}

export interface FoundRow extends AuditRow {
  seq: number | null;
  hash: string | null;
  /** The hash before it in the chain. */
  previous: string | null;
  slackName: string | null;
  teamName: string | null;
}

export function toEntryBody({ seq, hash, slackName, teamName, ...row }: FoundRow): AuditEntryBody {
  const { target, slack, ...record } = recordOf(row);
  const shown = {
    ...record,
    target: target?.type && target.id ? { type: target.type, id: target.id, name: target.name } : null,
    slack: slack?.userId
      ? { userId: slack.userId, teamId: slack.teamId, name: slackName, team: teamName }
      : null,
    chain: seq === null || hash === null ? null : { seq, hash },
  };
  return { ...shown, sentence: sentenceText(auditSentence(shown)) };
}

/** For each list that is given the conditions of which one must hold, the narrowest list first. */
function waysOf({ who = [], action = [], target = [] }: AuditFilters): RawBuilder<unknown>[][] {
  return [target.map(isAbout), who.map(isBy), action.flatMap(isAction)].filter(({ length }) => length > 0);
}

function conditionsOf({ outcome, after, before }: AuditFilters, batch: Batch): RawBuilder<unknown>[] {
  const { behind } = directionOf(batch);
  const key = batch.after ?? undefined;
  return [
    ...when(outcome, (one) => sql`a.outcome = ${sql.lit(one === "accepted" ? "ok" : "refused")}`),
    ...when(after, (at) => sql`a.at >= ${at}::timestamptz`),
    ...when(before, (at) => sql`a.at < ${at}::timestamptz`),
    ...when(key, ([at, id]) => sql`(a.at, a.id) ${behind} (${at}::timestamptz, ${id}::uuid)`),
  ];
}

function when<T>(value: T | undefined, build: (value: T) => RawBuilder<unknown>): RawBuilder<unknown>[] {
  return value === undefined ? [] : [build(value)];
}

function any(conditions: RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql`(${sql.join(conditions, sql` or `)})`;
}

function all(conditions: RawBuilder<unknown>[]): RawBuilder<unknown> {
  return conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`;
}

function isBy(who: string): RawBuilder<unknown> {
  const [type, id] = who.split(":");
  if (id === undefined) return sql`(a.actor_type = 'system' and a.slack_user_id is null)`;
  if (type === "slack") return sql`a.slack_user_id = ${id}`;
  return sql`(a.actor_id = ${id} and a.actor_type = ${type}::actor_type)`;
}

/** Refused calls of the API have their method and address for an action. */
function isAction(wanted: string): RawBuilder<unknown>[] {
  if (wanted === "call") return [sql`(a.outcome = 'refused' and a.action like '% /%')`];
  const actions = wanted.includes(".") ? [wanted] : actionsOf(wanted);
  // A group that nobody has heard of matches nothing.
  return (actions.length > 0 ? actions : [wanted]).map((action) => sql`a.action = ${action}`);
}

function isAbout(target: string): RawBuilder<unknown> {
  const [type, id] = target.split(":");
  return id === undefined
    ? sql`a.target_type = ${type}`
    : sql`(a.target_type = ${type} and a.target_id = ${id})`;
}

/** The same expression as in the index. */
const words = sql`(a.actor_name || ' ' || coalesce(a.target_name, '') || ' ' || coalesce(a.target_id, '') || ' ' ||
  a.action || ' ' || coalesce(a.ip, '') || ' ' || coalesce(a.slack_user_id, '') || ' ' || a.changes::text || ' ' ||
  a.data::text)`;

function hasWords(text: string): RawBuilder<unknown> {
  const each = text.split(/\s+/).map((word) => sql`${words} ilike ${`%${word.replace(/[\\%_]/g, "\\$&")}%`}`);
  return sql`(${sql.join(each, sql` and `)})`;
}
