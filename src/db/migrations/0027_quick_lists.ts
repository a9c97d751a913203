import { type Kysely, sql } from "kysely";

/** Covering indexes for list filters, and a trigram index for search. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop index alerts_open;
    drop index alerts_created;
    create index alerts_open on alerts (created_at desc, id desc)
      include (status, severity, type, source_id, detection_id, assignee_id, updated_at)
      where status in ('OPEN', 'TRIAGED');
    create index alerts_created on alerts (created_at desc, id desc)
      include (status, severity, type, source_id);
    create index alerts_detection on alerts (detection_id, created_at desc, id desc);
    create index alerts_log_types on alerts using gin (log_types);
    create extension if not exists pg_trgm;
    create index alerts_words on alerts using gin
      ((title || ' ' || detection_id || ' ' || coalesce(detection_name, '') || ' ' || dedup_string) gin_trgm_ops)`.execute(
    db,
  );
}
