import { createSecretKey, randomBytes } from "node:crypto";
import { mkdtemp, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { sql } from "kysely";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { audit } from "../../../cli/audit.ts";
import { backup } from "../../../cli/database/backup.ts";
import { restore } from "../../../cli/database/restore.ts";
import { takeOver } from "../../../cli/database/take-over.ts";
import { readConfig } from "../../../src/config.ts";
import type { Database } from "../../../src/db/connect.ts";
import { startTocsin } from "../../../src/main.ts";
import { usualPace } from "../../../src/pace.ts";
import { chainEntries } from "../../../src/people/audit-log/chain.ts";
import { openVault, secretPurpose } from "../../../src/secrets/vault.ts";
import { cloneDatabase, openSmallPool, type TestDatabase } from "../../database.ts";
import { type Receiver, startReceiver } from "../../receiver.ts";
import { runCommand } from "../../tocsin/run-command.ts";
import { created, mirrorThreads, type Story, startStory } from "../../tocsin/story.ts";

const secretKey = randomBytes(32).toString("hex");
let story: Story;
let receiver: Receiver;
let copy: TestDatabase;
let folder: string;
const file = (name = "tocsin.backup") => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(process.env.TMPDIR ?? "/tmp", "backup-"));
  receiver = await startReceiver();
  story = await startStory({ env: { SECRET_KEY: secretKey, WEBHOOK_ALLOW_PRIVATE: "127.0.0.1" } });
  await mirrorThreads(story);
  const filters = { severities: ["LOW"], alertTypes: ["RULE"], logTypes: ["Hook"], timezone: "UTC" };
  await created(
    story.api("POST", "/destinations", {
      type: "custom-webhook",
      displayName: "SIEM",
      url: receiver.url,
      ...filters,
    }),
  );
  copy = await cloneDatabase();
  await withCopy(({ pool }) =>
    pool.query("drop schema first_rows cascade; drop schema public cascade; create schema public"),
  );
});
afterAll(async () => {
  await story.close();
  await copy.drop();
  await receiver.close();
});

const settings = () => ({
  SECRET_KEY: secretKey,
  SLACK_API_URL: story.slack.apiUrl,
  PUBLIC_URL: "https://tocsin.acme.example",
  WEBHOOK_ALLOW_PRIVATE: "127.0.0.1",
  DATA_DIR: folder,
});

/** Runs a command on a database; the copy unless another is named. */
function run(
  command: Parameters<typeof runCommand>[0],
  args: string[],
  { url = copy.url, ...more }: Record<string, string> & { url?: string } = {},
) {
  const env = { ...settings(), DATABASE_URL: url, ...more };
  return runCommand(command, { args, env });
}

async function withCopy<T>(work: (db: Database) => Promise<T>, url = copy.url): Promise<T> {
  const db = await openSmallPool(url);
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

const channel = () => story.slack.channel("#security");
const eve = () => story.slack.channel("@eve");
const platform = () => story.slack.channel("#platform");
const cardsOf = async (title: string) =>
  (await channel().messages()).filter(({ blocks }) => JSON.stringify(blocks).includes(title));
const down = { method: "chat.postMessage", what: { kind: "status", status: 503 } } as const;

/** Everything that happened, as both databases have it. */
const recordOf = (db: Database, until: string) =>
  sql`select json_build_array(
      (select json_agg(h order by alert_id, seq) from history h where at <= ${until}::timestamptz),
      (select json_agg(l order by at, id) from audit_log l where at <= ${until}::timestamptz)) as record`
    .execute(db.kysely)
    .then(({ rows }) => rows);

test("a restored copy shows every alert of the backup in Slack once, whatever the original did since", async () => {
  const { tocsin, slack } = story;
  await story.send({ title: "Posted before", severity: "HIGH" });
  const before = await channel().expectCard("Posted before");
  await before.choose("Status", "Triaged", { as: "ada" });
  await before.expectReply("Ada triaged the alert");
  await story.send({ title: "Asks a channel", severity: "HIGH" });
  const asking = await channel().expectCard("Asks a channel");
  await tocsin.idle();
  await slack.ask("faults", { faults: Array.from({ length: 50 }, () => down) });
  receiver.always({ status: 503 });
  await story.send({ title: "Posted by the original", severity: "HIGH" });
  await story.send({ title: "Never posted by the original", severity: "LOW", logTypes: ["Hook"] });
  await before.choose("Assign", "grace", { as: "ada" });
  const ask = async (title: string, to: object) => {
    const { results } = (await story.api("GET", `/alerts?q=${encodeURIComponent(title)}`)).body;
    const question = { to: [to], question: `${title}: was this you?` };
    await created(story.api("POST", `/alerts/${results[0].id}/boomerangs`, question));
  };
  await ask("Posted before", { email: "eve@acme.example" });
  await ask("Asks a channel", { channel: "#platform" });
  const waiting = () =>
    sql`select from deliveries where state = 'waiting' and attempts > 0`.execute(tocsin.db.kysely);
  await expect.poll(async () => (await waiting()).rows.length).toBeGreaterThan(0);
  await chainEntries(tocsin.db);
  const verified = await run(audit, ["audit", "verify"], { url: story.databaseUrl });
  const head = /[0-9a-f]{64}/.exec(verified.stdout)?.[0] ?? "";
  const taken = await run(backup, ["backup", file()], { url: story.databaseUrl });
  expect(taken.stdout).toContain("4 alerts, as of");
  expect(taken.stdout).toContain("The secret key is not in the file. Keep SECRET_KEY elsewhere");
  expect((await stat(file())).mode & 0o777).toBe(0o600);

  // The original goes on with one of the two alerts and with the reply, and then ends.
  await sql`update deliveries set run_at = 'infinity' where alert_id in
    (select id from alerts where title = 'Never posted by the original')`.execute(tocsin.db.kysely);
  await slack.ask("faults", { faults: [] });
  await story.pass("1 minute");
  await channel().expectCard("Posted by the original");
  await before.expectReply("Ada assigned the alert to @Grace Hopper");
  await eve().expectMessage("Posted before: was this you?");
  await platform().expectMessage("Asks a channel: was this you?");
  await asking.expectReply("Story asked #platform");
  const takenAt = / as of (\S+Z)/.exec(taken.stdout)?.[1] ?? "";
  const original = await recordOf(tocsin.db, takenAt);
  await tocsin.close();

  const restored = await run(restore, ["restore", file()]);
  expect(restored.stdout).not.toContain("enter these again");
  const config = { ...readConfig(settings()), port: 0 };
  const start = async (db: Database) =>
    startTocsin(config, {
      log: pino({ level: "error" }),
      host: "127.0.0.1",
      pace: { ...usualPace, message: 0.02, poll: 1 },
      db,
    });
  await withCopy((db) =>
    expect(start(db)).rejects.toThrow("Stop the Tocsin that it was taken from, run `tocsin take-over`"),
  );
  const over = await run(takeOver, ["take-over"]);
  expect(over.stdout).toContain("4 messages were posted since the backup");
  expect((await run(takeOver, ["take-over"])).stdout).toContain("does not wait to be taken over");
  const copied = await run(audit, ["audit", "verify", "--expect", head]);
  expect(copied.stdout).toContain("The audit log is intact.");
  expect(copied.stdout).toContain("The noted hash is in the chain.");

  receiver.always({ status: 204 });
  expect(await withCopy((db) => recordOf(db, takenAt))).toEqual(original);
  const again = await start(await openSmallPool(copy.url));
  await channel().expectCard("Never posted by the original");
  await again.idle();
  // A restore ends a server that runs on the database, which has to be taken over once more.
  await run(restore, ["restore", file(), "--replace"]);
  expect((await again.died).message).toContain("run `tocsin take-over`");
  await again.close();
  for (const title of ["Posted before", "Posted by the original", "Never posted by the original"])
    expect(await cardsOf(title), title).toHaveLength(1);
  expect(JSON.stringify(await cardsOf("Never posted"))).not.toContain("May be a repeat");
  // Tocsin may not read a direct message, so it can't know whether the original asked.
  expect(await eve().messages()).toHaveLength(1);
  await before.expectReply("Eve Adler could not be asked");
  expect(await platform().messages()).toHaveLength(1);
  expect((await asking.replies()).join()).not.toContain("could not be asked");
  expect(receiver.accepted.filter(({ body }) => body.title === "Never posted by the original")).toHaveLength(
    1,
  );
});

test("what is wrong with a file or a database is said, and changes nothing", async () => {
  const good = await readFile(file());
  const text = gunzipSync(good).toString("latin1");
  const zipped = (changed: string) => gzipSync(Buffer.from(changed, "latin1"));
  const refused = async (bytes: Buffer, why: string | RegExp) => {
    await writeFile(file("bad"), bytes);
    await expect(run(restore, ["restore", file("bad"), "--replace"])).rejects.toThrow(why);
  };
  const before = await withCopy((db) => recordOf(db, "infinity"));
  await refused(good.subarray(0, good.length - 200), "is cut off");
  await refused(zipped(text.slice(0, text.lastIndexOf('{"rows"'))), "is cut off");
  await refused(zipped(text.replace("Posted before", "Posted after!")), "its checksum does not fit");
  await refused(Buffer.from("PGDMP and so on"), "is no backup of Tocsin");
  await refused(gzipSync("hello\n"), "is no backup of Tocsin");
  await refused(zipped(text.replace('"0005_delivery"', '"9999_later"')), /newer Tocsin.*9999_later/);
  await refused(zipped(text.replace('"format":1', '"format":2')), "newer Tocsin (format 2)");
  await expect(run(restore, ["restore", file("none")])).rejects.toThrow("There is no file");
  await expect(run(restore, ["restore", file()])).rejects.toThrow("This database is in use");
  expect(await withCopy((db) => recordOf(db, "infinity"))).toEqual(before);
  await expect(run(backup, ["backup", file()])).rejects.toThrow("exists already");
});

test("a restore without the key names what has to be entered again, and one with it has the key", async () => {
  const lost = randomBytes(32).toString("hex");
  const without = await run(restore, ["restore", file(), "--replace"], {
    SECRET_KEY: lost,
  });
  expect(without.stdout).toContain("the Signing Secret of the Slack app");
  expect(without.stdout).toContain("the bot token of ACME");
  expect(without.stdout).toContain("of the destination “SIEM”, which is off until then");
  // Slack accepts the token no more, so what was posted can't be looked up.
  const over = await run(takeOver, ["take-over"], { SECRET_KEY: lost });
  expect(over.stdout).toContain("marked as not delivered");
  expect(over.stdout).toContain("Slack did not let Tocsin read C0SECURITY1 (invalid_auth).");
  const states = await withCopy(({ kysely }) =>
    sql<{ state: string; why: string }>`
      select state, h.data ->> 'why' as why from deliveries d join destinations t on t.id = d.destination_id
        join alerts a on a.id = d.alert_id
        left join history h on h.alert_id = a.id and h.kind = 'not_delivered' and h.data -> 'destination' ->> 'id' = t.id::text
      where t.type = 'slack-bot' and a.title = 'Posted by the original'`.execute(kysely),
  );
  expect(states.rows).toEqual([
    { state: "not_delivered", why: expect.stringContaining("it may have been sent since") },
  ]);
  // PostgreSQL drops what an extension brought along only with the extension.
  await withCopy(({ pool }) =>
    pool.query(`create function of_extension() returns trigger language plpgsql as 'begin return new; end';
      create table of_extension (); create sequence of_extension_seq;
      alter extension plpgsql add function of_extension(); alter extension plpgsql add table of_extension;
      alter extension plpgsql add sequence of_extension_seq`),
  );
  const kept = await run(backup, ["backup", file("kept"), "--with-key"], { url: story.databaseUrl });
  expect(kept.stdout).toContain("it now holds everything");
  const other = randomBytes(32).toString("hex");
  const whole = await run(restore, ["restore", file("kept"), "--replace"], { SECRET_KEY: other });
  expect(whole.stdout).toContain("encrypted with the key that is set here");
  await withCopy(async (db) => {
    const { sealed } = await db.kysely
      .selectFrom("slack_app")
      .select("signing_secret as sealed")
      .executeTakeFirstOrThrow();
    const vault = openVault(createSecretKey(Buffer.from(other, "hex")));
    expect(vault.unseal(sealed ?? Buffer.of(), secretPurpose("signing_secret"))).toBe(
      story.slack.app.signingSecret,
    );
  });
});
