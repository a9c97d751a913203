import { sql } from "kysely";
import type { Database } from "../../db/connect.ts";

/** The installation of the Slack app that a request belongs to. */
export interface Installation {
  id: string;
  teamId: string | null;
  enterpriseId: string | null;
  botUserId: string;
  /** Only in a workspace that an admin trusts do its e-mails count. */
  trusted: boolean;
}

/** An organisation's installation serves all of its workspaces; else the workspace has its own. */
export async function findInstallation(
  db: Database["kysely"],
  from: { teamId: string | null; enterpriseId: string | null },
): Promise<Installation | null> {
  const { rows } = await sql<Installation>`
    select id, team_id as "teamId", enterprise_id as "enterpriseId", bot_user_id as "botUserId", trusted
    from installations
    where team_id = ${from.teamId} or (team_id is null and enterprise_id = ${from.enterpriseId})
    order by team_id nulls last limit 1`.execute(db);
  return rows[0] ?? null;
}
