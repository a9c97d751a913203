import { type Kysely, sql } from "kysely";

/**
 * The source's own words for severities, and since when an alert of Alertmanager fires. The time of the start is no
 * longer part of such an alert's key. While a node of the previous version still runs, it opens alerts under the old
 * keys; a "resolved" that comes later doesn't find those.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db);
  await sql.raw(newKeys).execute(db);
}

const changes = `
  alter table sources add column severity_words jsonb not null default '{}';
  alter table alerts add column started_at timestamptz;
  -- A resolved report may mean an older alert of its key than the newest.
  create index alerts_started on alerts (dedup_key) where started_at is not null;
`;

/** The newest alert of a fingerprint and those that are open: no other can be found by a report. */
export const newKeys = `
  create function pg_temp.instant(given text) returns timestamptz language plpgsql as $$
  begin
    return given::timestamptz;
  exception when others then
    return null;
  end $$;

  create temp table rekeyed on commit drop as
  select * from (
    select a.id, a.source_id, a.status, split_part(a.dedup_string, ' ', 1) as fingerprint,
      coalesce(pg_temp.instant(nullif(split_part(a.dedup_string, ' ', 2), '')), a.created_at) as started_at,
      row_number() over (partition by a.source_id, split_part(a.dedup_string, ' ', 1)
        order by a.created_at desc, a.id desc) as age
    from alerts a join sources s on s.id = a.source_id
    where s.kind = 'alertmanager' and a.newest_of_key and a.dedup_string ~ '^[0-9a-f]+( [^ ]+)?$'
  ) keyed where age = 1 or status in ('OPEN', 'TRIAGED');

  update alerts a set newest_of_key = false from rekeyed r where r.id = a.id and r.age > 1;
  update alerts a set dedup_string = r.fingerprint, started_at = r.started_at,
    dedup_key = substring(sha256(convert_to('["' || r.source_id || '","named","' || r.fingerprint || '"]', 'UTF8'))
      from 1 for 16)
  from rekeyed r where r.id = a.id;
`;
