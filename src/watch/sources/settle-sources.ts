import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Report, SourceFault } from "../../alert/report.ts";
import type { IntakeConnection, IntakeTransaction } from "../../db/intake-transaction.ts";
import { notify } from "../../db/notify.ts";
import type { Tables } from "../../db/tables/tables.ts";
import { ownSource } from "../../dedup/incoming.ts";
import { ingestReports } from "../../pipeline.ts";
import { judgeSource, type WatchedSource } from "./judge-source.ts";
import { endedReport, raisedReport } from "./source-report.ts";

interface SettleDeps {
  kysely: Kysely<Tables>;
  intake: IntakeConnection;
  publicUrl: string;
  clock: () => Date;
}

/** Advisory lock: one node at a time settles the faults of sources. The number is arbitrary. */
const lockId = 7_362_002;

/**
 * Raises an alert for each source that fell silent or became unreadable, and resolves those that are over. All in one
 * transaction, so that each is raised once even if a node dies.
 */
export async function settleSources(deps: SettleDeps): Promise<void> {
  const changes = await findChanges(deps.kysely, deps.clock());
  if (changes.started.length + changes.ended.length === 0) return;
  await deps.intake.transaction(async (intake) => {
    await sql`select pg_advisory_xact_lock(${lockId})`.execute(intake.tx);
    const now = deps.clock();
    const last = await write(intake, await findChanges(intake.tx, now), { now, publicUrl: deps.publicUrl });
    return { result: undefined, last };
  });
}

interface OpenFault {
  id: string;
  sourceId: string;
  name: string;
  fault: SourceFault;
}

interface Changes {
  started: { source: WatchedSource; fault: SourceFault }[];
  ended: (OpenFault & { source: WatchedSource | null })[];
}

async function findChanges(db: Kysely<Tables>, now: Date): Promise<Changes> {
  const [sources, open] = await Promise.all([readSources(db, now), readOpen(db)]);
  const openOf = Map.groupBy(open, ({ sourceId }) => sourceId);
  const judged = new Map(
    sources.map((source) => {
      const known = new Set((openOf.get(source.id) ?? []).map(({ fault }) => fault));
      return [source.id, { source, known, faults: judgeSource(source, known, now) }];
    }),
  );
  return {
    started: [...judged.values()].flatMap(({ source, known, faults }) =>
      [...faults].filter((fault) => !known.has(fault)).map((fault) => ({ source, fault })),
    ),
    ended: open
      .filter(({ sourceId, fault }) => !judged.get(sourceId)?.faults.has(fault))
      .map((fault) => ({ ...fault, source: judged.get(fault.sourceId)?.source ?? null })),
  };
}

function readOpen(db: Kysely<Tables>): Promise<OpenFault[]> {
  return db
    .selectFrom("source_faults")
    .innerJoin("sources", "sources.id", "source_faults.source_id")
    .select(["source_faults.id", "source_id as sourceId", "sources.name", "fault"])
    .where("ended_at", "is", null)
    .execute();
}

/** Sources that have sent something, and that anybody wants to hear about. */
async function readSources(db: Kysely<Tables>, now: Date): Promise<WatchedSource[]> {
  const { rows } = await sql<WatchedSource>`
    with newest as (select source_id, max(last_at) as last_at from source_activity group by source_id)
    select s.id, s.name, s.no_data_alert as "noData", s.no_data_hours as "noDataHours",
      s.unreadable_alert as unreadable, n.last_at as "lastAt", s.last_received_at is not null as "everTaken",
      (select count(distinct floor(extract(epoch from n.last_at - a.last_at) / (3600 * s.no_data_hours)))::int
        from source_activity a
        where a.source_id = s.id and a.last_at > n.last_at - make_interval(hours => 7 * s.no_data_hours)) as periods,
      coalesce(h.taken, 0) as taken, coalesce(h.refused, 0) as refused
    from sources s join newest n on n.source_id = s.id
    left join lateral (select sum(a.taken)::int as taken, sum(a.refused)::int as refused from source_activity a
      where a.source_id = s.id and a.at > ${now}::timestamptz - interval '1 hour') h on true
    where s.deleted_at is null and (s.no_data_alert or s.unreadable_alert)
    order by s.id`.execute(db);
  return rows;
}

async function write(
  intake: IntakeTransaction,
  { started, ended }: Changes,
  { now, publicUrl }: { now: Date; publicUrl: string },
): Promise<Promise<unknown>[]> {
  const { tx } = intake;
  const raised = started.map((one) => ({ ...one, id: uuidv7() }));
  const reports: Report[] = [
    ...raised.map(({ id, source, fault }) => raisedReport(id, { source, fault, publicUrl })),
    ...ended.map((fault) => endedReport(fault)),
  ];
  const { result, last } = await ingestReports(
    intake,
    reports.map((report) => ({ source: ownSource, report })),
  );
  for (const [at, { id, source, fault }] of raised.entries()) {
    const values = { id, source_id: source.id, fault, since: now, alert_id: result[at]?.alertId ?? null };
    await tx.insertInto("source_faults").values(values).execute();
  }
  const over = ended.map(({ id }) => id);
  if (over.length > 0)
    await tx.updateTable("source_faults").set({ ended_at: now }).where("id", "in", over).execute();
  await notify(tx, { alerts: result.flatMap(({ alertId }) => alertId ?? []) });
  return last;
}
