import { type Kysely, sql } from "kysely";
import type { Database } from "../db/connect.ts";
import type { Tables } from "../db/tables/tables.ts";
import { checkInstallation } from "../connect/installations/check-installation.ts";
import type { SlackAccess } from "../connect/slack-access.ts";
import { appFaults } from "../slack/client/is-app-fault.ts";
import { SlackFault } from "../slack/client/slack-fault.ts";

export interface CheckDeps {
  db: Database;
  slack: SlackAccess;
  log: (facts: Record<string, unknown>, what: string) => void;
}

const everySeconds = 60;
/** After a delivery has met a fault of the app, the app is asked about sooner, but not more often than this. */
const soonestSeconds = 5;

/** Asks Slack, once a minute for each installation and all nodes together, whether it still works. */
export async function checkInstallations({ db, slack, log }: CheckDeps): Promise<boolean> {
  const id = await claimCheck(db.kysely);
  if (!id) return false;
  try {
    await checkInstallation({ db, slack }, id);
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    log({ installation: id, error: fault.code }, "installation not checked");
  }
  return true;
}

async function claimCheck(db: Kysely<Tables>): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    update installations set check_at = now() + make_interval(secs => ${everySeconds})
    where id = (
      select id from installations i where check_at <= now()
        or (check_at <= now() + make_interval(secs => ${everySeconds - soonestSeconds}) and i.fault is null
          and exists (select from lines l where l.installation_id = i.id and l.fault = any(${appFaults})
            and l.fault_since > i.checked_at))
      order by check_at limit 1 for update skip locked)
    returning id`.execute(db);
  return rows[0]?.id;
}
