import { type RawBuilder, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Actor } from "../alert/alert.ts";
import type { Refusal } from "../alert/refusal.ts";
import { describeMatcher, type SilenceMatcher } from "../alert/silence.ts";
import type { Database } from "../db/connect.ts";
import type { Transaction } from "../db/transaction.ts";
import { append } from "../history/append.ts";
import { audit, type Doer } from "../people/audit-log/audit.ts";
import { changesBetween, wantedChanges } from "../people/audit-log/changes.ts";
import { decideChange, decideCreation } from "./decide-request.ts";

export interface Silence extends Omit<SilenceMatcher, "source" | "detection"> {
  id: string;
  reason: string;
  source: { id: string; name: string } | null;
  detection: { id: string; name: string | null } | null;
  alsoCritical: boolean;
  state: "running" | "over" | "ended";
  alert: { id: string; number: number } | null;
  createdAt: Date;
  createdBy: Actor;
  endsAt: Date;
  endedAt: Date | null;
  endedBy: Actor | null;
  alertCount: number;
}

/** The end of a silence: a time, or minutes from now on. */
export interface SilenceEnd {
  until?: string | undefined;
  forMinutes?: number | undefined;
}

export interface SilenceRequest extends SilenceMatcher, SilenceEnd {
  reason: string;
  alsoCritical: boolean;
  /** The alert that it is created from. */
  alertId?: string | undefined;
}

/** Creates a silence for alerts that open from now on. The history of the alert that it is created from says so. */
export async function createSilence(
  tx: Transaction,
  by: Doer,
  request: SilenceRequest,
): Promise<Silence | Refusal> {
  const { reason, source, detection, title, severities, fields, alsoCritical, alertId = null } = request;
  const refused = decideCreation(request, await readFacts(tx, request));
  if (refused) return refused;
  const id = uuidv7();
  await sql`
    insert into silences (id, reason, source_id, detection_id, title, severities, fields, also_critical, alert_id,
      created_by, ends_at)
    values (${id}, ${reason}, ${source}, ${detection}, ${title}, ${[...severities]}, ${JSON.stringify(fields)},
      ${alsoCritical}, ${alertId}, ${JSON.stringify(by.actor)}, ${endOf(request)})`.execute(tx);
  const silence = await findSilence(tx, id);
  if (!silence) throw new Error(`the silence ${id} was not inserted`);
  if (alertId) await appendCreated(tx, by, { silence, alertId });
  await audit(tx, by, {
    action: "silence.created",
    target: { type: "silence", id },
    changes: wantedChanges({ ...request, until: silence.endsAt, forMinutes: undefined, alertId: undefined }),
    ...(alertId && { data: { alert: alertId } }),
  });
  return silence;
}

async function appendCreated(
  tx: Transaction,
  { actor, via }: Doer,
  { silence, alertId }: { silence: Silence; alertId: string },
): Promise<void> {
  const { id: silenceId, reason, createdAt, endsAt } = silence;
  const minutes = Math.max(1, Math.round((endsAt.getTime() - createdAt.getTime()) / 60_000));
  const data = { silenceId, reason, covers: coverText(silence), minutes };
  await append(tx, { alertId, event: { kind: "silence_created", data }, actor, via });
}

/** What a silence covers, for people. */
export function coverText(
  silence: Pick<Silence, "source" | "detection" | "title" | "severities" | "fields">,
) {
  const { source, detection } = silence;
  return describeMatcher(silence, {
    source: source?.name ?? null,
    detection: detection && (detection.name ?? detection.id),
  });
}

function endOf({ until, forMinutes = 0 }: SilenceEnd): RawBuilder<Date> {
  return until === undefined ? sql`now() + make_interval(mins => ${forMinutes})` : sql`${until}::timestamptz`;
}

/** What a creation depends on. Silences are created one after the other, so that their number is right. */
async function readFacts(tx: Transaction, request: SilenceRequest) {
  await sql`select pg_advisory_xact_lock(hashtext('silences'))`.execute(tx);
  const { source, alertId = null, until = null } = request;
  const { rows } = await sql<{
    running: number;
    source: boolean;
    alert: boolean;
    now: Date;
    until: Date | null;
  }>`
    select (select count(*)::int from silences where ended_at is null and ends_at > now()) as running,
      exists (select from sources where id = ${source}) as source,
      exists (select from alerts where id = ${alertId}) as alert,
      now() as now, ${until}::timestamptz as until`.execute(tx);
  const [facts] = rows;
  if (!facts) throw new Error("the database answered nothing");
  return facts;
}

/** Changes reason, end or `alsoCritical` of a silence that runs. */
export async function changeSilence(
  tx: Transaction,
  by: Doer,
  {
    id,
    ...change
  }: SilenceEnd & { id: string; reason?: string | undefined; alsoCritical?: boolean | undefined },
): Promise<Silence | Refusal> {
  const before = await lockSilence(tx, id);
  if ("refused" in before) return before;
  const { now, ...silence } = before;
  const refused = decideChange(silence, change, now);
  if (refused) return refused;
  const { reason = silence.reason, alsoCritical = silence.alsoCritical, until, forMinutes } = change;
  const end = until === undefined && forMinutes === undefined ? sql`ends_at` : endOf(change);
  await sql`
    update silences set reason = ${reason}, also_critical = ${alsoCritical}, ends_at = ${end} where id = ${id}`.execute(
    tx,
  );
  const after = (await findSilence(tx, id)) ?? silence;
  await audit(tx, by, {
    action: "silence.changed",
    target: { type: "silence", id },
    changes: changesBetween({ ...silence }, { reason, alsoCritical, endsAt: after.endsAt }),
  });
  return after;
}

/** Ends a silence early. It stays in the list as a past one; its alerts are routed when they are reported again. */
export async function endSilence(tx: Transaction, by: Doer, id: string): Promise<Silence | Refusal> {
  const silence = await lockSilence(tx, id);
  if ("refused" in silence) return silence;
  await sql`
    update silences set ended_at = now(), ended_by = ${JSON.stringify(by.actor)} where id = ${id}`.execute(
    tx,
  );
  await audit(tx, by, { action: "silence.ended", target: { type: "silence", id }, changes: null });
  return (await findSilence(tx, id)) ?? silence;
}

/** A silence that runs, locked; a refusal for any other. */
async function lockSilence(tx: Transaction, id: string): Promise<(Silence & { now: Date }) | Refusal> {
  const { rows } = await sql<{
    now: Date;
  }>`select now() as now from silences where id = ${id} for update`.execute(tx);
  const silence = await findSilence(tx, id);
  const [locked] = rows;
  if (!silence || !locked) return { refused: "not_found", why: "There is no such silence." };
  if (silence.state === "running") return { ...silence, ...locked };
  return { refused: "conflict", why: "This silence is over. Create a new one." };
}

export async function findSilence(db: Database["kysely"] | Transaction, id: string): Promise<Silence | null> {
  return (await select(db, sql`s.id = ${id}::uuid`, 1))[0] ?? null;
}

interface SilenceFilter {
  state?: "running" | "past" | undefined;
  source?: string | undefined;
  detection?: string | undefined;
  after: string | null;
  count: number;
}

/** At most `count` silences older than the one with the id `after`, newest first. */
export function listSilences(
  db: Database["kysely"],
  { state, source, detection, after, count }: SilenceFilter,
): Promise<Silence[]> {
  const runs = sql`(s.ended_at is null and s.ends_at > now())`;
  const where = [
    ...(state === undefined ? [] : [state === "running" ? runs : sql`not ${runs}`]),
    ...(source === undefined ? [] : [sql`s.source_id = ${source}::uuid`]),
    ...(detection === undefined ? [] : [sql`s.detection_id = ${detection}`]),
    ...(after === null ? [] : [sql`s.id < ${after}::uuid`]),
  ];
  return select(db, sql.join([sql`true`, ...where], sql` and `), count);
}

const maxCounted = 1000;

async function select(
  db: Database["kysely"] | Transaction,
  where: RawBuilder<unknown>,
  count: number,
): Promise<Silence[]> {
  const { rows } = await sql<Silence>`
    select s.id, s.reason, s.title, s.severities, s.fields, s.also_critical as "alsoCritical",
      s.created_at as "createdAt", s.created_by as "createdBy", s.ends_at as "endsAt", s.ended_at as "endedAt",
      s.ended_by as "endedBy",
      case when s.ended_at is not null then 'ended' when s.ends_at <= now() then 'over' else 'running' end as state,
      case when s.source_id is not null then json_build_object('id', s.source_id, 'name',
        coalesce((select name from sources where id = s.source_id), 'A deleted source')) end as source,
      case when s.detection_id is not null then json_build_object('id', s.detection_id, 'name',
        (select name from detections d where d.detection_id = s.detection_id
          and (s.source_id is null or d.source_id = s.source_id) and name is not null limit 1)) end as detection,
      (select json_build_object('id', a.id, 'number', a.number) from alerts a where a.id = s.alert_id) as alert,
      (select count(*)::int from (select from silenced_alerts m where m.silence_id = s.id
        limit ${maxCounted}) counted) as "alertCount"
    from silences s where ${where} order by s.id desc limit ${count}`.execute(db);
  return rows;
}
