import type { Kysely } from "kysely";
import { type Keeping, type KeepingName, keeping } from "../alert/keeping.ts";
import type { Tables } from "../db/tables/tables.ts";

/** The name of each setting in the table `settings`. */
export const storedNames: Record<KeepingName, string> = {
  keepAlertsDays: "keep_alerts_days",
  keepSamplesDays: "keep_samples_days",
  keepAuditLogYears: "keep_audit_log_years",
};

/** How long data is kept, as set or by default. */
export async function readKeeping(db: Kysely<Tables>): Promise<Keeping> {
  const rows = await db
    .selectFrom("settings")
    .select(["name", "value"])
    .where("name", "in", Object.values(storedNames))
    .execute();
  const of = (name: KeepingName) => {
    const value = rows.find((row) => row.name === storedNames[name])?.value;
    return typeof value === "number" ? value : keeping[name].usual;
  };
  return {
    keepAlertsDays: of("keepAlertsDays"),
    keepSamplesDays: of("keepSamplesDays"),
    keepAuditLogYears: of("keepAuditLogYears"),
  };
}
