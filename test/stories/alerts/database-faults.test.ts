import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sendEvent } from "../../signed-requests.ts";
import { type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory({ log: () => {} });
});
afterAll(() => story.close());

const sql = (text: string) => story.tocsin.db.pool.query(text);

/** As the administrator of the database does, whose setting counts for new connections. */
async function setReadOnly(to: "on" | "off"): Promise<void> {
  const admin = new pg.Client({
    connectionString: story.databaseUrl,
    options: "-c default_transaction_read_only=off",
  });
  await admin.connect();
  const database = new URL(story.databaseUrl).pathname.slice(1);
  await admin.query(`alter database ${database} set default_transaction_read_only = ${to}`);
  // Those of Tocsin that are open when it ends stay read-only.
  if (to === "on")
    await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`);
  await admin.end();
}

const event = () => ({ type: "app_home_opened", user: "U0ADA", channel: "D0ADA", tab: "home" });

async function ready() {
  const answer = await fetch(`${story.origin}/readyz`);
  return { status: answer.status, text: await answer.text() };
}

/** What ingest, API and Slack's endpoint answer to something that has to be stored. */
async function answers(title: string) {
  const report = await story.send({ title, severity: "HIGH" });
  const source = await story.api("POST", "/sources", { kind: "native", name: randomUUID() });
  return { report, source, slack: await sendEvent(story, event()) };
}

function refused(why: RegExp, retryAfter: string) {
  const detail = expect.stringMatching(why);
  return { status: 503, body: expect.objectContaining({ status: 503, detail }), retryAfter };
}

const told = ({ status, body, headers }: Awaited<ReturnType<Story["send"]>>) => ({
  ...{ status, body },
  retryAfter: headers.get("retry-after"),
});

/** The sender of a refused report sends it again: it becomes one alert with one card. */
async function retrySucceeds(title: string) {
  await expect.poll(async () => (await story.send({ title, severity: "HIGH" })).status).toBe(202);
  await story.slack.channel("#security").expectCard(title);
  await story.tocsin.idle();
  const { body } = await story.api("GET", `/alerts?q=${encodeURIComponent(title)}`);
  expect(body.results).toMatchObject([{ title, eventCount: 1 }]);
  expect(await sendEvent(story, event())).toBe(200);
}

test("a read-only database is answered with 503 at every door, and takes the retry when it is writable again", async () => {
  await setReadOnly("on");
  await expect.poll(async () => (await ready()).status).toBe(503);
  expect((await ready()).text).toContain("read-only");
  const { report, source, slack } = await answers("Came while read-only");
  expect(told(report)).toEqual(refused(/read-only.*Try again in 10 seconds/, "10"));
  expect(told(source)).toEqual(refused(/read-only/, "10"));
  expect(slack).toBe(503);
  await setReadOnly("off");
  await retrySucceeds("Came while read-only");
  await expect.poll(async () => (await ready()).status).toBe(200);
});

test("a full disk is answered with 503 at every door, and takes the retry when it has room again", async () => {
  await sql(
    `create function no_room() returns trigger language plpgsql as
       $$ begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$`,
  );
  for (const table of ["alerts", "sources", "slack_inbox"])
    await sql(`create trigger full_disk before insert on ${table} execute function no_room()`);
  const { report, source, slack } = await answers("Came while full");
  expect(told(report)).toEqual(refused(/disk of the database is full/, "30"));
  expect(told(source)).toEqual(refused(/disk of the database is full/, "30"));
  expect(slack).toBe(503);
  expect(await ready()).toEqual({ status: 503, text: expect.stringContaining("full") });
  await sql("drop function no_room() cascade");
  await retrySucceeds("Came while full");
});
