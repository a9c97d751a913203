import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables/tables.ts";
import { neededScopes } from "../../slack/scopes.ts";

/** A destination in use that can't get its alerts, or whose app may do less than it has to. */
export interface BrokenRow {
  destination: { id: string; name: string };
  line: string;
  /** As `#security`, or the host of a webhook. */
  place: string;
  lineFault: string | null;
  lineSince: Date | null;
  app: { id: string; workspace: string; fault: string | null; scopes: string[] } | null;
  /** Its alerts that wait. */
  waiting: number;
  /** In its line something waits that isn't itself about what is broken. */
  othersWait: boolean;
  /** It has worked before. */
  delivered: boolean;
}

/** Reads what is broken at this moment. Looked at every second: the many that work cost one join. */
export async function readBroken(db: Kysely<Tables>): Promise<BrokenRow[]> {
  const { rows } = await sql<BrokenRow>`
    select json_build_object('id', d.id, 'name', d.display_name) as destination, d.line,
      coalesce('#' || d.channel_name, substring(w.url from '^[a-z]+://([^/?#]+)'), d.display_name) as place,
      l.fault as "lineFault", l.fault_since as "lineSince",
      case when i.id is not null then json_build_object('id', i.id, 'fault', i.fault, 'scopes', i.scopes,
        'workspace', coalesce(i.team_name, i.enterprise_name, i.team_id, i.enterprise_id)) end as app,
      (select count(*)::int from deliveries q where q.line = d.line and q.destination_id = d.id
        and q.state in ('waiting', 'sending')) as waiting,
      coalesce((select true from deliveries q join alerts a on a.id = q.alert_id
        where q.line = d.line and q.state in ('waiting', 'sending') and a.type <> 'SYSTEM_ERROR' limit 1),
        false) as "othersWait",
      coalesce((select true from deliveries q where q.destination_id = d.id and q.state = 'sent' limit 1),
        false) as delivered
    from destinations d
    left join lines l on l.key = d.line
    left join installations i on i.id = d.installation_id
    left join webhooks w on w.destination_id = d.id
    where d.deleted_at is null and d.enabled
      and (l.fault is not null or i.fault is not null or not i.scopes @> ${neededScopes.map(({ name }) => name)}::text[])
    order by d.created_at`.execute(db);
  return rows;
}
