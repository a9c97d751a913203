import { type RawBuilder, sql } from "kysely";
import type { Person, Severity } from "../../alert/alert.ts";
import type { Database } from "../../db/connect.ts";
import { type Transaction, transaction } from "../../db/transaction.ts";
import { isFalsePositive, isJudged } from "../../history/find-alerts.ts";
import type { DurationsBody, OverviewBody } from "./contract.ts";
import type { Spans } from "./spans.ts";

type Reader = Transaction;

/** What 100,000 alerts take to be sorted and joined in memory. */
const workMemory = "32MB";

/** The figures of the Overview. Each statement reads indexes alone, or one small table. */
export function readOverview(db: Database, spans: Spans): Promise<OverviewBody> {
  return transaction(db, async (tx) => {
    await sql`select set_config('work_mem', ${workMemory}, true)`.execute(tx);
    return readFigures(tx, spans);
  });
}

async function readFigures(db: Reader, spans: Spans): Promise<OverviewBody> {
  const alerts = await countOpened(db, spans);
  const { firstAction, resolution } = await readDurations(db, spans);
  const detections = await noisiest(db, spans);
  const assignees = await workload(db);
  const deliveries = await undelivered(db);
  const { from, to, stepSeconds } = spans;
  const range = { from: from.toISOString(), to: to.toISOString(), stepSeconds };
  return { ...range, alerts, firstAction, resolution, detections, assignees, deliveries };
}

const opened = ({ from, to }: Spans) => sql`a.created_at >= ${from} and a.created_at < ${to}`;
const spanOf = ({ from, stepSeconds }: Spans) =>
  sql`date_bin(make_interval(secs => ${stepSeconds}), a.created_at, ${from})`;

async function countOpened(db: Reader, spans: Spans): Promise<OverviewBody["alerts"]> {
  const { rows } = await sql<{ at: Date; severity: Severity; count: number }>`
    select ${spanOf(spans)} as at, a.severity, count(*) from alerts a where ${opened(spans)}
    group by 1, 2 order by 1`.execute(db);
  const bySpan = Map.groupBy(rows, ({ at }) => at.toISOString());
  return [...bySpan].map(([at, counted]) => {
    const of = (severity: Severity) => counted.find((row) => row.severity === severity)?.count ?? 0;
    const severities = {
      INFO: of("INFO"),
      LOW: of("LOW"),
      MEDIUM: of("MEDIUM"),
      HIGH: of("HIGH"),
      CRITICAL: of("CRITICAL"),
    };
    return { at, severities };
  });
}

interface Quantiles {
  count: number;
  quantiles: [number, number] | null;
  waiting: number;
}

/** Both durations at once, as joining and sorting is what takes time. `extract` would make numerics, which are slow. */
interface DurationRow {
  /** Null for the whole time. */
  at: Date | null;
  firstAction: Quantiles;
  resolution: Quantiles;
}

/** INFO alerts start resolved, so that nobody has to act on them: they never count. */
async function readDurations(
  db: Reader,
  spans: Spans,
): Promise<Pick<OverviewBody, "firstAction" | "resolution">> {
  const until = (end: RawBuilder<unknown>) => sql`json_build_object('count', count(${end}),
    'quantiles', percentile_cont(array[0.5, 0.9]) within group (order by date_part('epoch', ${end} - a.created_at)),
    'waiting', count(*) filter (where ${end} is null and a.status in ('OPEN', 'TRIAGED')))`;
  const { rows } = await sql<DurationRow>`
    select ${spanOf(spans)} as at, ${until(sql`t.first_action_at`)} as "firstAction",
      ${until(sql`t.closed_at`)} as resolution
    from alerts a left join alert_times t on t.alert_id = a.id
      and t.opened_at >= ${spans.from} and t.opened_at < ${spans.to}
    where ${opened(spans)} and a.severity <> 'INFO'
    group by grouping sets (1, ()) order by 1`.execute(db);
  return { firstAction: durationsOf(rows, "firstAction"), resolution: durationsOf(rows, "resolution") };
}

function durationsOf(rows: DurationRow[], name: "firstAction" | "resolution"): DurationsBody {
  const whole = rows.find(({ at }) => at === null)?.[name];
  const over = rows.flatMap((row) => (row.at ? [{ at: row.at.toISOString(), ...summary(row[name]) }] : []));
  return { ...summary(whole), waiting: whole?.waiting ?? 0, over };
}

function summary(found: Quantiles | undefined) {
  const [p50, p90] = found?.quantiles ?? [null, null];
  return { count: found?.count ?? 0, p50, p90 };
}

async function noisiest(db: Reader, spans: Spans): Promise<OverviewBody["detections"]> {
  const { rows } = await sql<OverviewBody["detections"][number]>`
    select d.detection_id as id, d.name, json_build_object('id', s.id, 'name', s.name) as source, n.*
    from detections d join sources s on s.id = d.source_id cross join lateral (
      select count(*) as alerts, count(*) filter (where ${isJudged}) as closed,
        count(*) filter (where ${isFalsePositive}) as "falsePositives"
      from alerts a where a.detection_id = d.detection_id and a.source_id = d.source_id and ${opened(spans)}
    ) n where n.alerts > 0 order by n.alerts desc, d.id limit 10`.execute(db);
  return rows;
}

async function workload(db: Reader): Promise<OverviewBody["assignees"]> {
  const { rows } = await sql<{ assignee: Person | null; open: number; triaged: number }>`
    select case when u.id is not null then json_build_object('id', u.id, 'email', u.email, 'name', u.name) end
      as assignee, n.open, n.triaged
    from (
      select a.assignee_id, count(*) filter (where a.status = 'OPEN') as open,
        count(*) filter (where a.status = 'TRIAGED') as triaged, count(*) as alerts
      from alerts a where a.status in ('OPEN', 'TRIAGED') and not a.silenced group by a.assignee_id
    ) n left join users u on u.id = n.assignee_id
    order by u.id is not null, n.alerts desc, u.name limit 21`.execute(db);
  return rows;
}

/** Counts what waits and what failed by partial indexes, which hold nothing else. */
async function undelivered(db: Reader): Promise<OverviewBody["deliveries"]> {
  const { rows } = await sql<OverviewBody["deliveries"][number]>`
    select json_build_object('id', t.id, 'name', t.display_name) as destination, w.waiting + f.held as waiting,
      f.failed, coalesce(extract(epoch from now() - least(w.oldest, f.oldest)), 0)::float8 as "oldestWaitingSeconds"
    from destinations t cross join lateral (
      select count(*) as waiting, min(created_at) as oldest from deliveries
      where line = t.line and destination_id = t.id and state in ('waiting', 'sending')
    ) w cross join lateral (
      select count(*) filter (where state = 'held') as held, count(*) filter (where state = 'failed') as failed,
        min(created_at) filter (where state = 'held') as oldest
      from deliveries where destination_id = t.id and state in ('held', 'failed')
    ) f
    where t.deleted_at is null order by f.failed desc, 2 desc, t.display_name`.execute(db);
  return rows;
}
