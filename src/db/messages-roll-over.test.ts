import { beforeAll, expect, test } from "vitest";
import { openTestDatabase } from "../../test/database.ts";

/** What a node of the version before `messages` writes becomes messages. */
const { db } = await openTestDatabase();
const id = "0b0c4f1e-6f6d-4a57-9a54-2a1c5a3f0001";

beforeAll(async () => {
  await db.pool.query(`
    alter table cards drop constraint cards_alert_id_fkey, drop constraint cards_destination_id_fkey;
    alter table boomerangs drop constraint boomerangs_alert_id_fkey, drop constraint boomerangs_installation_id_fkey;
    insert into lines (key, installation_id, channel_id) values ('${id}:C1', '${id}', 'C1');
    insert into boomerangs (id, alert_id, installation_id, question, answers, asked_by, timezone, expires_at)
    values ('${id}', '${id}', '${id}', 'You?', 'text', '{}', 'UTC', now())`);
});

const messages = async (kind: string) =>
  (await db.pool.query("select * from messages where kind = $1 order by created_at, id", [kind])).rows;

test("a card that an old node marks gets one reply", async () => {
  await db.pool.query(`
    insert into cards (id, alert_id, destination_id, line, channel_id, ts, told_seq, reply_due_at)
    values ('${id}', '${id}', '${id}', '${id}:C1', 'C1', '1.2', 0, now())`);
  await db.pool.query("update cards set reply_wanted = reply_wanted + 1");
  expect(await messages("reply")).toMatchObject([{ parent_id: id, wanted: 1, state: "due" }]);
});

test("notices that an old node inserts are queued, a bulk change's as one", async () => {
  const insert = `insert into line_notices (bulk_id, line, actor, command, alerts, due_at)
    values ('${id}', '${id}:C1', '{}', '{}', 1, now())`;
  await db.pool.query(`${insert}; ${insert}`);
  expect(await messages("bulk-notice")).toMatchObject([{ content: { alerts: 2 } }]);
  await db.pool.query(`insert into direct_notes (id, installation_id, user_id, alert_id, words)
    values ('${id}', '${id}', '${id}', '${id}', 'Eve answered')`);
  const line = `${id}:${id}`;
  expect(await messages("direct-notice")).toMatchObject([{ line, content: { words: "Eve answered" } }]);
});

test("a question that an old node asks and sends is queued, then seen, edited and reminded of", async () => {
  const ask = "0b0c4f1e-6f6d-4a57-9a54-2a1c5a3f0002";
  await db.pool.query(`insert into boomerang_asks (id, boomerang_id, kind, slack_id, name, state, send_at)
    values ('${ask}', '${id}', 'person', 'U1', 'Eve', 'waiting', now())`);
  expect(await messages("question")).toMatchObject([{ id: ask, line: `${id}:U1`, seen_ts: null }]);
  await db.pool.query(
    "update boomerang_asks set state = 'sent', channel_id = 'D1', ts = '2.3', send_at = null, remind_at = now()",
  );
  expect(await messages("question")).toMatchObject([{ id: ask, seen_ts: "2.3" }]);
  expect(await messages("reminder")).toMatchObject([{ subject_id: ask, parent_id: ask }]);
  await db.pool.query("update boomerang_asks set state = 'over', update_at = now()");
  expect(await messages("question")).toMatchObject([{ wanted: 1, edit_at: expect.any(Date) }]);
});

test("a storm that an old node begins gets one digest, which the new nodes look after", async () => {
  const digest = "0b0c4f1e-6f6d-4a57-9a54-2a1c5a3f0003";
  await db.pool.query(`insert into digests (id, line, sending) values ('${digest}', '${id}:C1', true)`);
  await db.pool.query(
    `update lines set digest_id = '${digest}', digest_due_at = now() where key = '${id}:C1'`,
  );
  expect(await messages("digest")).toMatchObject([
    {
      id: digest,
      line: `${id}:C1`,
      state: "due",
      rank: 0,
      due_at: expect.any(Date),
      unsure_since: expect.any(Date),
    },
  ]);
  await db.pool.query("update digests set ts = '3.4', sending = false, due_at = now()");
  expect(await messages("digest")).toMatchObject([
    { state: "stands", channel_id: "C1", ts: "3.4", due_at: null, unsure_since: null, edit_at: null },
  ]);
  await db.pool.query("update digests set redraws = redraws + 1, touched_at = now()");
  expect(await messages("digest")).toMatchObject([{ wanted: 1, edit_at: expect.any(Date) }]);
  const { rows } = await db.pool.query("select ts, digest_due_at from digests, lines");
  expect(rows).toContainEqual({ ts: null, digest_due_at: null });
});
