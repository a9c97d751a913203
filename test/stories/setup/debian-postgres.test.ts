import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runChecks } from "../../../cli/doctor/checks.ts";
import { readConfig } from "../../../src/config.ts";
import { openDatabase } from "../../../src/db/connect.ts";
import { openNotifications } from "../../../src/db/notifications.ts";
import { notify } from "../../../src/db/notify.ts";
import {
  type DebianPostgres,
  hasDebianPostgres,
  startDebianPostgres,
} from "../../doubles/debian-postgres.ts";
import { createFullToken, type Story, startStory } from "../../tocsin/story.ts";

describe.skipIf(!hasDebianPostgres)("PgBouncer in transaction mode before PostgreSQL 15", () => {
  let postgres: DebianPostgres;
  let story: Story;
  const log: string[] = [];
  beforeAll(async () => {
    postgres = await startDebianPostgres();
    const url = postgres.pooledUrl;
    const db = await openDatabase({ databaseUrl: url, dataDir: "" }, { log: (line) => log.push(line) });
    const moveClock = () => Promise.reject(new Error("This database has the machine's clock."));
    const database = { db: { ...db, close: async () => {} }, url, moveClock, giveBack: db.close };
    story = await startStory({ database, log: (entry) => log.push(entry) });
  });
  afterAll(async () => {
    await story?.close();
    await postgres?.close();
  });

  test("reports that come at once become cards, clicks change alerts, and live readers hear of it", async () => {
    const authorization = `Bearer ${await createFullToken(story.tocsin.db)}`;
    const { body } = await fetch(`${story.origin}/api/v1/live`, { headers: { authorization } });
    const heard: string[] = [];
    const listen = async () => {
      for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? []) heard.push(part);
    };
    listen().catch(() => {});

    const titles = Array.from({ length: 12 }, (_, n) => `Through a pooler ${n}`);
    const answers = await Promise.all(titles.map((title) => story.send({ title, severity: "HIGH" })));
    expect(answers.map(({ status }) => status)).toEqual(titles.map(() => 202));
    const channel = story.slack.channel("#security");
    for (const title of titles) await channel.expectCard(title);
    const card = await channel.expectCard("Through a pooler 3");
    await card.choose("Status", "Triaged", { as: "ada" });
    await card.expectText("Triaged");
    await story.tocsin.idle();
    for (const answer of answers)
      await expect.poll(() => heard.join("")).toContain(`"id":"${answer.body.results[0].alertId}"`);
    expect(log.filter((line) => /"level":(40|50|60)/.test(line))).toEqual([]);
  });

  test("the time limits hold for every session of the pooler, whose role needs no further rights", async () => {
    const { rows } = await sql`select rolsuper, current_setting('statement_timeout') as limit,
      current_setting('server_version_num')::int / 10000 as version
      from pg_roles where rolname = current_user`.execute(story.tocsin.db.kysely);
    expect(story.tocsin.db.hasSessions).toBe(false);
    expect(rows).toEqual([{ rolsuper: false, limit: "30s", version: 15 }]);
  });

  test("with DATABASE_DIRECT_URL notifications come from PostgreSQL itself", async () => {
    const addresses = { databaseUrl: postgres.pooledUrl, databaseDirectUrl: postgres.url, dataDir: "" };
    const db = await openDatabase(addresses, { log: () => {}, poolSize: 1 });
    const notifications = await openNotifications(db, () => {});
    const heard = new Promise((resolve) => notifications.subscribe(resolve));
    await notify(db.kysely, { alerts: ["some id"] });
    expect(await heard).toEqual({ alerts: ["some id"] });
    await notifications.close();
    await db.close();
  });

  const doctor = (query: string, host = "localhost") =>
    runChecks(
      readConfig({
        DATABASE_URL: `postgres://owner@${host}:${new URL(postgres.url).port}/tocsin?${new URLSearchParams(query)}`,
        SECRET_KEY: "0".repeat(64),
        PUBLIC_URL: "https://tocsin.acme.example",
      }),
    );

  test("tocsin doctor names what is wrong with TLS to the database", async () => {
    const files = await postgres.encrypt();
    const client = `sslcert=${files.client.cert}&sslkey=${files.client.key}`;
    const cases: [query: string, host: string, why: RegExp][] = [
      [`sslmode=require&sslrootcert=${files.client.cert}&${client}`, "localhost", /sslrootcert.*DEPTH_ZERO/],
      [`sslmode=require&sslrootcert=${files.server}&${client}`, "127.0.0.1", /for another name.*ALTNAME/],
      [`sslmode=require&sslrootcert=${files.server}`, "localhost", /certificate.*28000.*sslcert and sslkey/],
      [`sslmode=verify-full&sslrootcert=/nowhere/ca.pem`, "localhost", /\/nowhere\/ca.pem.*does not exist/],
    ];
    for (const [query, host, why] of cases)
      expect((await doctor(query, host)).at(-1)).toEqual({
        kind: "broken",
        text: expect.stringMatching(why),
      });
    const good = await doctor(`sslmode=require&sslrootcert=${files.server}&${client}`);
    expect(good).toContainEqual({ kind: "ok", text: expect.stringContaining("PostgreSQL 15") });
  });
});
