import { type Kysely, sql } from "kysely";

/**
 * Indexes for open alerts by severity and by last change, and one by detection that also holds the status. The statistics
 * tell the planner that a severity which is common may be rare among the open alerts.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index alerts_open_severity on alerts (severity desc, id desc)
      include (created_at, status) where status in ('OPEN', 'TRIAGED');
    create index alerts_open_updated on alerts (updated_at desc, id desc)
      include (status) where status in ('OPEN', 'TRIAGED');
    drop index alerts_detection;
    create index alerts_detection on alerts (detection_id, created_at desc, id desc) include (status);
    create statistics alerts_status_severity (mcv) on status, severity from alerts;
    analyze alerts`.execute(db);
}
