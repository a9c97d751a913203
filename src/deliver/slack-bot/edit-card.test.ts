import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { openTestDatabase } from "../../../test/database.ts";
import { claimEdit } from "../../messages/claim-edit.ts";
import { usualPace } from "../../pace.ts";
import { editOfCard } from "./edit-card.ts";

const { db } = await openTestDatabase();
const deps = {
  db,
  pace: usualPace,
  clientFor: () => Promise.reject(new Error("Slack is not asked here.")),
  write: <T>(work: () => Promise<T>) => work(),
  publicUrl: "https://tocsin.acme.example",
  clock: () => new Date(),
  jitter: () => 0,
  meter: { attempted: () => {}, announced: () => {}, closed: () => {} },
  log: () => {},
};

/** The edit of the card of an alert with this status, as a worker claims it. */
async function claimed(status: string) {
  const [alert, source, workspace] = [randomUUID(), randomUUID(), randomUUID()];
  // The card's destination and delivery don't matter, so they are missing.
  await db.pool.query(`
    alter table cards drop constraint if exists cards_destination_id_fkey;
    insert into sources (id, kind, name) values ('${source}', 'native', '${source}');
    insert into installations (id, url, team_id, team_name, bot_id, bot_user_id, bot_name, bot_token)
      values ('${workspace}', 'https://acme.slack.com', '${workspace}', 'ACME', 'B1', 'U1', 'tocsin', '');
    insert into lines (key, installation_id, channel_id) values ('${workspace}:C1', '${workspace}', 'C1');
    insert into alerts (id, number, title, severity, status, type, source_id, detection_id, dedup_key, dedup_string,
        window_ends_at, log_types, tags, reports, context, first_event_at, last_received_at, updated_by_type, updated_by_name)
      values ('${alert}', nextval('alert_numbers'), 'An alert', 'HIGH', '${status}', 'RULE', '${source}', 'd', '${alert}', '',
        now(), '{}', '{}', '[]', '{}', now(), now(), 'system', 'Tocsin');
    insert into cards (id, alert_id, destination_id, line, channel_id, ts, told_seq, update_due_at)
      values ('${alert}', '${alert}', '${alert}', '${workspace}:C1', 'C1', '${alert}', 0, now())`);
  const job = await claimEdit({ db, pace: usualPace });
  if (!job || !("alertId" in job)) throw new Error("No card was claimed.");
  const read = async () => {
    const sql = "select gone, update_due_at as due, leased_until as leased from cards where id = $1";
    return (await db.pool.query(sql, [alert])).rows;
  };
  return { edit: editOfCard(deps, job), read };
}

test("a closed alert's card that was deleted in Slack is edited no more", async () => {
  const { edit, read } = await claimed("RESOLVED");
  await edit.gone({ deleted: true });
  expect(await read()).toEqual([{ gone: true, due: null, leased: null }]);
});

test("an open alert's card that was deleted in Slack is forgotten, so that it is posted again", async () => {
  const { edit, read } = await claimed("OPEN");
  await edit.gone({ deleted: true });
  expect(await read()).toEqual([]);
});
