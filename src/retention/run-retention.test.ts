import { randomUUID } from "node:crypto";
import { type RawBuilder, sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { openTestDatabase } from "../../test/database.ts";
import { emptyAuditLog } from "../../test/empty-audit-log.ts";
import { chainEntries } from "../people/audit-log/chain.ts";
import { boundedTables, sweptTables } from "./bounded-tables.ts";
import { runRetention } from "./run-retention.ts";
import { sweeps } from "./sweeps.ts";

const { db, moveClock } = await openTestDatabase();
const day = 24 * 3_600_000;
const years = 366 * day;

beforeEach(async () => {
  await moveClock(0);
  await emptyAuditLog(db.kysely);
  await sql`truncate alerts, boomerangs, boomerang_asks, suppressions, deliveries, delivery_attempts, history, messages,
    alert_samples, sessions, users, roles, setup_faults, fault_mails cascade`.execute(db.kysely);
  await sql`update retention_runs set next_at = now(), lease = null, leased_until = null, deleted = '{}'`.execute(
    db.kysely,
  );
});

const run = () => runRetention(db, { signal: new AbortController().signal });
const nextNight = () => sql`update retention_runs set next_at = now()`.execute(db.kysely);
const names = async (table: string, column: RawBuilder<unknown> = sql`title`) =>
  (
    await sql<{ name: string }>`select ${column} as name from ${sql.table(table)} order by 1`.execute(
      db.kysely,
    )
  ).rows.map(({ name }) => name);

/** An alert with its history and a sample, closed now unless it is said otherwise. */
async function alert(title: string, status = "RESOLVED"): Promise<string> {
  const id = randomUUID();
  await sql`
    with opened as (insert into alerts (id, number, title, severity, status, type, source_id, detection_id, dedup_key,
      dedup_string, window_ends_at, log_types, tags, reports, context, first_event_at, last_received_at, updated_by_type,
      updated_by_name)
    values (${id}, nextval('alert_numbers'), ${title}, 'HIGH', ${status}::alert_status, 'RULE', ${randomUUID()}, 'D',
      ${Buffer.from(title)}, ${title}, now(), '{}', '{}', '{}', '{}', now(), now(), 'source', 'Test')),
    told as (insert into history (alert_id, seq, actor_type, actor_name, via, kind, data)
      values (${id}, 1, 'source', 'Test', 'source', 'opened', '{}'))
    insert into alert_samples (alert_id, n, event) values (${id}, 0, '{}')`.execute(db.kysely);
  return id;
}

const delivery = async (alertId: string, state: string) => {
  const id = randomUUID();
  await sql`insert into deliveries (id, alert_id, destination_id, line, severity, number, state)
    values (${id}, ${alertId}, ${randomUUID()}, 'l', 'HIGH', 1, ${state}::delivery_state)`.execute(db.kysely);
  await sql`insert into delivery_attempts (id, delivery_id, outcome, channel_id)
    values (${randomUUID()}, ${id}, 'sent', 'C1')`.execute(db.kysely);
};

const boomerang = async (alertId: string, state: string) => {
  const [installation, id, ask] = [randomUUID(), randomUUID(), randomUUID()];
  await sql`insert into installations (id, url, team_id, bot_user_id, bot_token)
    values (${installation}, 'https://acme.slack.com/', ${installation}, 'U1', '')`.execute(db.kysely);
  await sql`insert into boomerangs (id, alert_id, installation_id, question, answers, asked_by, timezone, state, expires_at)
    values (${id}, ${alertId}, ${installation}, '?', 'text', '{}', 'UTC', ${state}, now())`.execute(
    db.kysely,
  );
  await sql`insert into boomerang_asks (id, boomerang_id, kind, slack_id, name, state)
    values (${ask}, ${id}, 'person', 'U2', 'Eve', 'answered')`.execute(db.kysely);
  await sql`insert into suppressions (id, alert_id, ask_id, source_id, detection_id, person, email, people, ends_at)
    values (${randomUUID()}, ${alertId}, ${ask}, ${randomUUID()}, 'D', 'Eve', 'e@acme.example', '{}', now())`.execute(
    db.kysely,
  );
  await sql`insert into messages (id, kind, line, installation_id, subject_id, rank, due_at, state)
    values (${ask}, 'question', 'l', ${installation}, ${ask}, 3, null, 'stands')`.execute(db.kysely);
};

test("every table is swept by retention, or has a reason why it is bounded", async () => {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and not relispartition`.execute(db.kysely);
  const known = [...Object.keys(sweptTables), ...Object.keys(boundedTables)];
  expect(known.toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
});

test("every foreign key to a swept table has an index, so that a batch does not scan", async () => {
  const { rows } = await sql<{ missing: string }>`
    select c.conrelid::regclass || ' ' || a.attname as missing
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid::regclass::text = any(${Object.keys(sweptTables)})
      and not exists (select from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1])`.execute(
    db.kysely,
  );
  expect(rows).toEqual([]);
});

test("a closed alert goes with all that belongs to it, and the audit log counts it", async () => {
  const old = await alert("old");
  await delivery(old, "sent");
  await boomerang(old, "answered");
  await moveClock(399 * day);
  await alert("young");
  expect(await run()).toEqual({ samples: 1 });
  await moveClock(401 * day);
  await nextNight();
  expect(await run()).toEqual({ alerts: 1 });
  expect(await names("alerts")).toEqual(["young"]);
  for (const table of [
    "boomerangs",
    "boomerang_asks",
    "suppressions",
    "deliveries",
    "delivery_attempts",
    "messages",
  ])
    expect([table, await names(table, sql`id`)]).toEqual([table, []]);
  for (const table of ["history", "alert_samples"]) expect(await names(table, sql`alert_id`)).toHaveLength(1);
  expect(await names("audit_log", sql`action || data::text`)).toEqual([
    'retention.deleted{"alerts": 1}',
    'retention.deleted{"samples": 1}',
  ]);
});

test("a silenced alert that nobody looked at goes like a closed one, with its mark", async () => {
  const id = await alert("silenced", "OPEN");
  await sql`update alerts set silenced = true where id = ${id}`.execute(db.kysely);
  await sql`insert into silenced_alerts (silence_id, alert_id, requested)
    values (${randomUUID()}, ${id}, '{"destinations": null, "cause": null}')`.execute(db.kysely);
  await moveClock(401 * day);
  expect(await run()).toMatchObject({ alerts: 1 });
  expect(await names("silenced_alerts", sql`alert_id`)).toEqual([]);
});

test("an alert stays that is open, was changed, or has an open Boomerang, delivery or setup fault", async () => {
  await alert("gone");
  await alert("open", "OPEN");
  await alert("triaged", "TRIAGED");
  await boomerang(await alert("asked"), "open");
  for (const state of ["waiting", "held", "sending"]) await delivery(await alert(state), state);
  const fault = await alert("fault");
  await sql`insert into setup_faults (id, cause, fault, name, remedy, alert_id)
    values (${randomUUID()}, 'app:x', 'x', 'x', 'x', ${fault})`.execute(db.kysely);
  const changed = await alert("changed");
  await moveClock(401 * day);
  await sql`update alerts set updated_at = now() where id = ${changed}`.execute(db.kysely);
  expect(await run()).toMatchObject({ alerts: 1 });
  const left = ["asked", "changed", "fault", "held", "open", "sending", "triaged", "waiting"];
  expect(await names("alerts")).toEqual(left);
});

test("more alerts than a batch holds are deleted behind alerts that stay", async () => {
  for (let n = 0; n < 3; n++) await alert(`open ${n}`, "OPEN");
  const model = await alert("closed");
  const columns = await sql<{ all: string }>`select string_agg(quote_ident(column_name), ',') as all
    from information_schema.columns where table_name = 'alerts' and column_name not in ('id', 'number', 'dedup_key')`.execute(
    db.kysely,
  );
  const all = sql.raw(columns.rows[0]?.all ?? "");
  await sql`insert into alerts (id, number, dedup_key, ${all}) select gen_random_uuid(), nextval('alert_numbers'),
    i::text::bytea, ${all} from alerts, generate_series(1, 1200) i where id = ${model}`.execute(db.kysely);
  await moveClock(401 * day);
  expect(await run()).toMatchObject({ alerts: 1201 });
  expect(await names("alerts")).toEqual(["open 0", "open 1", "open 2"]);
});

test("shorter and longer times are obeyed", async () => {
  const set = (name: string, value: string) =>
    sql`insert into settings (name, value) values (${name}, ${value}::jsonb)
      on conflict (name) do update set value = excluded.value`.execute(db.kysely);
  await alert("short");
  await set("keep_alerts_days", "30");
  await set("keep_samples_days", "3650");
  await moveClock(29 * day);
  expect(await run()).toEqual({});
  await moveClock(31 * day);
  await nextNight();
  expect(await run()).toEqual({ alerts: 1 });
  await sql`delete from settings`.execute(db.kysely);
});

test("the audit log loses whole months after five years", async () => {
  const entry = (at: string) =>
    sql`insert into audit_log (id, at, actor_type, actor_name, action, outcome, via)
      values (${randomUUID()}, ${at}, 'system', 'Test', ${at}, 'ok', 'system')`.execute(db.kysely);
  for (const at of ["2020-01-31", "2020-02-01", "2020-02-15"]) await entry(at);
  await chainEntries(db);
  await moveClock(Date.parse("2025-02-20") - Date.now());
  await nextNight();
  expect(await run()).toEqual({ auditEntries: 1 });
  expect(await names("audit_log", sql`action`)).toEqual(["2020-02-01", "2020-02-15", "retention.deleted"]);
});

test("what expires is swept, and what is still valid stays", async () => {
  const [role, user] = [randomUUID(), randomUUID()];
  await sql`insert into roles (id, name, permissions) values (${role}, 'R', '{}')`.execute(db.kysely);
  await sql`insert into users (id, email, name, role_id) values (${user}, 'a@acme.example', 'A', ${role})`.execute(
    db.kysely,
  );
  const source = randomUUID();
  await sql`insert into sources (id, kind, name) values (${source}, 'native', 'S')`.execute(db.kysely);
  for (const [name, ahead] of [
    ["old", "0 hours"],
    ["new", "3 days"],
  ] as const) {
    const at = sql`now() + ${ahead}::interval`;
    const hash = Buffer.from(name);
    await sql`insert into sessions (token_hash, user_id, expires_at) values (${hash}, ${user}, ${at})`.execute(
      db.kysely,
    );
    await sql`insert into slack_installs (id, session_hash, expires_at)
      values (${randomUUID()}, ${Buffer.from("new")}, ${at})`
      .execute(db.kysely)
      .catch(() => null);
    await sql`insert into pending_sign_ins values (${hash}, ${user}, now(), ${at})`.execute(db.kysely);
    await sql`insert into passkey_challenges values (${hash}, 'add', 'c', ${at})`.execute(db.kysely);
    await db.kysely.transaction().execute(async (tx) => {
      // Without the question that it answers.
      await sql`set local session_replication_role = replica`.execute(tx);
      await sql`insert into unconfirmed_answers values (${randomUUID()}, ${randomUUID()}, 'e', '{}', ${at})`.execute(
        tx,
      );
    });
    await sql`insert into used_sign_ins values (${hash}, ${at})`.execute(db.kysely);
    await sql`insert into password_links (token_hash, expires_at) values (${hash}, ${at})`.execute(db.kysely);
    await sql`insert into sign_in_failures values (${name}, 1, ${at})`.execute(db.kysely);
    await sql`insert into ingest_requests (source_id, key, body_hash, created_at) values (${source}, ${name}, '', ${at})`.execute(
      db.kysely,
    );
    await sql`insert into detections (id, source_id, detection_id, created_at)
      values (${randomUUID()}, ${source}, ${name}, ${at} - interval '400 days')`.execute(db.kysely);
    await sql`insert into slack_manifests values (${randomUUID()}, ${at} - interval '400 days', 'A', 'copied', 'http', false,
      false, 'h', ${name})`.execute(db.kysely);
    await sql`insert into digests (id, line, closed_at) values (${randomUUID()}, ${name}, ${at} - interval '400 days')`.execute(
      db.kysely,
    );
    await sql`insert into messages (id, kind, line, installation_id, subject_id, rank, created_at)
      values (${randomUUID()}, 'bulk-notice', ${name}, ${source}, ${randomUUID()}, 4, ${at} - interval '400 days')`.execute(
      db.kysely,
    );
    await sql`insert into source_bodies (id, source_id, hash, first_at, last_at, outcome, outcomes, results, bytes, size)
      values (${randomUUID()}, ${source}, ${hash}, now(), ${at} - interval '7 days', 'refused', 'x', '[]', 0, 0)`.execute(
      db.kysely,
    );
    await sql`insert into alert_entities values (1, ${at} - interval '90 days', ${randomUUID()})`.execute(
      db.kysely,
    );
    await sql`insert into source_activity values (${source}, ${at} - interval '10 days', 1, 0, now())`.execute(
      db.kysely,
    );
    await sql`insert into source_faults (id, source_id, fault, since, ended_at)
      values (${randomUUID()}, ${source}, 'SOURCE_NO_DATA', now(), ${at} - interval '400 days')`.execute(
      db.kysely,
    );
    const fault = randomUUID();
    await sql`insert into setup_faults (id, cause, fault, name, remedy, ended_at)
      values (${fault}, ${name}, 'x', 'x', 'x', ${at} - interval '400 days')`.execute(db.kysely);
    await sql`insert into fault_mails (id, fault_id, about, address) values (${randomUUID()}, ${fault}, 'over', 'a')`.execute(
      db.kysely,
    );
  }
  await moveClock(1.5 * day);
  await nextNight();
  const swept = sweeps
    .map(({ kind }) => kind)
    .filter((kind) => !["samples", "auditEntries", "oauthStates"].includes(kind));
  expect(await run()).toEqual(Object.fromEntries(swept.map((kind) => [kind, 1])));
  expect(await names("slack_manifests", sql`yaml`)).toEqual(["new"]);
  expect(await names("ingest_requests", sql`key`)).toEqual(["new"]);
});

test("one node runs a night, another one continues after its lease, and a run is told once", async () => {
  await alert("old");
  await moveClock(2 * years);
  const [first, second] = await Promise.all([run(), run()]);
  expect([first, second].filter((done) => done !== null)).toHaveLength(1);
  expect(await run()).toBeNull();
  await sql`update retention_runs set next_at = now(), lease = ${randomUUID()}, deleted = '{"alerts": 7}',
    leased_until = now() + interval '60 seconds'`.execute(db.kysely);
  expect(await run()).toBeNull();
  await moveClock(2 * years + 61_000);
  expect(await run()).toEqual({ alerts: 7 });
  expect((await names("audit_log", sql`data::text`)).length).toBe(2);
});

test("a node that stops ends its run after a batch, and the next one continues at once", async () => {
  await alert("old");
  await moveClock(2 * years);
  expect(await runRetention(db, { signal: AbortSignal.abort() })).toBeNull();
  expect(await names("alerts")).toEqual(["old"]);
  expect(await run()).toMatchObject({ alerts: 1 });
});

test("an alert that somebody is changing is left for the next night", async () => {
  const id = await alert("busy");
  await alert("idle");
  await moveClock(2 * years);
  await db.kysely.transaction().execute(async (tx) => {
    await sql`select from alerts where id = ${id} for update`.execute(tx);
    expect(await run()).toMatchObject({ alerts: 1 });
  });
  expect(await names("alerts")).toEqual(["busy"]);
});
