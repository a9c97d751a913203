import { sql } from "kysely";
import type { Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import { hashSecret } from "../../people/secret.ts";
import { missingScopes } from "../../slack/scopes.ts";
import type { VerifiedToken } from "./verify-token.ts";

/** An installation that waits to be confirmed; `refusal` says why there is nothing to confirm. */
export interface Install {
  id: string;
  refusal: string | null;
  found: Found | null;
}

interface Found {
  team: string;
  url: string;
  organisation: boolean;
  missingScopes: string[];
  /** Tocsin is installed there already, and gets a new token. */
  known: boolean;
}

export const unknownInstall: Refusal = {
  refused: "not_found",
  why: "This installation isn't waiting for you any more: it was used, took longer than 10 minutes, or was begun in another session. Begin again with Install with OAuth.",
};

interface Row {
  refusal: string | null;
  found: VerifiedToken | null;
  mirror: boolean;
  known: boolean;
}

/** What somebody came back with from Slack, for the session that began it. */
export async function findInstall(
  db: Database["kysely"],
  { id, session, now }: { id: string; session: string; now: Date },
): Promise<Install | Refusal> {
  const { rows } = await sql<Row>`
    select refusal, found, coalesce((select thread_mirror from slack_app), false) as mirror,
      exists (select from installations i
        where coalesce(i.enterprise_id, '') = coalesce(found ->> 'enterpriseId', '')
          and coalesce(i.team_id, '') = case when (found ->> 'orgInstall')::boolean then ''
            else coalesce(found ->> 'teamId', '') end) as known
    from slack_installs
    where id::text = ${id} and session_hash = ${hashSecret(session)} and expires_at > ${now}
      and coalesce(refusal, found::text) is not null`.execute(db);
  const [row] = rows;
  return row ? { id, refusal: row.refusal, found: row.found && show(row.found, row) } : unknownInstall;
}

function show(verified: VerifiedToken, { mirror, known }: Row): Found {
  return {
    team: verified.team ?? verified.teamId ?? "a workspace",
    url: verified.url,
    organisation: verified.orgInstall,
    missingScopes: missingScopes(verified.scopes, mirror ? "with-mirror" : "without-mirror"),
    known,
  };
}
