import { type Kysely, sql } from "kysely";
import type { AlertType, Severity } from "../../alert/alert.ts";
import type { Tables } from "../../db/tables/tables.ts";

/** The filters of a destination, stored or not. */
interface Filters {
  severities: Severity[];
  alertTypes: AlertType[];
  /** Empty for all. */
  logTypes: string[];
  /** The id of the destination that is being edited. */
  except: string | null;
  /** The name or ID of its channel, whose other destinations share its cards and are left out. */
  channel: string | null;
}

export interface Overlap {
  id: string;
  displayName: string;
  /** How many alerts of the last 7 days would have gone to both. */
  alerts: number;
}

/**
 * Up to 10 enabled destinations of other channels whose filters match some of the same alerts, most shared
 * alerts first. `SYSTEM_ERROR` alerts don't count, because they are meant for every destination.
 */
export async function findOverlap(db: Kysely<Tables>, filters: Filters): Promise<Overlap[]> {
  const { severities, alertTypes, logTypes, except, channel } = filters;
  const found = await sql<Overlap>`
    select d.id, d.display_name as "displayName", (
      select count(*)::int from alerts a
      where a.created_at > now() - interval '7 days' and a.type <> 'SYSTEM_ERROR'
        and a.severity::text = any(d.severities) and a.severity::text = any(${severities}::text[])
        and a.type::text = any(d.alert_types::text[]) and a.type::text = any(${alertTypes}::text[])
        and (d.log_types = '{}' or a.log_types && d.log_types)
        and (${logTypes}::text[] = '{}' or a.log_types && ${logTypes}::text[])) as alerts
    from destinations d
    where d.deleted_at is null and d.enabled
      and d.id::text is distinct from ${except}
      and (${channel}::text is null or d.channel_id is null
        or (d.channel_id <> ${channel} and d.channel_name <> ${channel}))
      and d.severities && ${severities}::text[]
      and array_remove(d.alert_types::text[], 'SYSTEM_ERROR') && ${alertTypes}::text[]
      and (d.log_types = '{}' or ${logTypes}::text[] = '{}' or d.log_types && ${logTypes}::text[])
    order by alerts desc, d.id
    limit 10`.execute(db);
  return found.rows;
}
