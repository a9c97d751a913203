import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chown, cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { runningPostmaster } from "../end-leftovers.ts";
import { prepareLauncher } from "../native.ts";
import { startEmbedded } from "../start-embedded.ts";
import { asNobody, isRoot, startHolder } from "./holder.ts";

let dataDir: string;
let cluster: string;

beforeAll(async () => {
  dataDir = await temporaryFolder();
  cluster = join(dataDir, "postgres");
});

afterAll(() => rm(dataDir, { recursive: true }));

test("a first start that was killed half-way is done again", async () => {
  await mkdir(join(dataDir, "postgres.new", "base"), { recursive: true });
  await writeFile(join(dataDir, "postgres.new", "PG_VERSION"), "18\n");
  expect(await ask("select 1 as answer")).toEqual([{ answer: 1 }]);
});

test("kill -9 of the server ends PostgreSQL too, and what was committed stays", async () => {
  const sql = "create table kept as select 'safe' as word";
  const holder = await startHolder(dataDir, { sql });
  expect(await runningPostmaster(cluster)).toMatchObject({ ready: true });
  holder.child.kill("SIGKILL");
  await expect.poll(() => runningPostmaster(cluster), { timeout: 10_000 }).toBeNull();
  expect(await ask("select word from kept")).toEqual([{ word: "safe" }]);
});

test("a postmaster that was left behind is stopped, and a new one started", async () => {
  const { launch } = await prepareLauncher(dataDir);
  const left = launch("postgres", [
    "-D",
    cluster,
    "-c",
    "listen_addresses=",
    "-c",
    "unix_socket_directories=.",
  ]);
  await expect.poll(async () => (await runningPostmaster(cluster))?.ready, { timeout: 10_000 }).toBe(true);
  expect(await ask("select word from kept")).toEqual([{ word: "safe" }]);
  expect(left.exitCode).toBe(0);
});

test("backends whose postmaster was killed alone are waited for", async () => {
  const holder = await startHolder(dataDir);
  const { pid = 0 } = (await runningPostmaster(cluster)) ?? {};
  holder.child.kill("SIGSTOP");
  process.kill(pid, "SIGKILL");
  holder.child.kill("SIGKILL");
  expect(await ask("select word from kept")).toEqual([{ word: "safe" }]);
});

test("a postmaster.pid with the number of a zombie, or of anybody else, is not believed", async () => {
  const { parent, zombie } = await makeZombie();
  for (const pid of [zombie, process.ppid]) {
    await pretendRunning(pid);
    expect(await ask("select word from kept")).toEqual([{ word: "safe" }]);
  }
  parent.kill();
});

/** Starts the database in this process, as a server does, asks it one thing and stops it. */
async function ask(sql: string): Promise<unknown[]> {
  const embedded = await startEmbedded(dataDir, { log: () => {} });
  const client = new pg.Client(embedded.connection);
  await client.connect();
  const { rows } = await client.query(sql).finally(() => client.end());
  await embedded.stop();
  return rows;
}

/** A process of PostgreSQL's user that has ended, but whose parent has not asked how. */
async function makeZombie(): Promise<{ parent: ChildProcess; zombie: number }> {
  const [program = "", ...args] = [
    ...(isRoot ? asNobody : []),
    "sh",
    "-c",
    "true & echo $!; exec >&-; exec sleep 60",
  ];
  const parent = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  await once(parent, "spawn");
  return { parent, zombie: Number(await text(parent.stdout)) };
}

async function pretendRunning(pid: number): Promise<void> {
  const lines = [pid, cluster, 1_700_000_000, 5432, ".", "", "  1234567         0", "ready   "];
  for (const file of ["postmaster.pid", ".s.PGSQL.5432.lock"]) {
    const path = join(cluster, file);
    await writeFile(path, `${lines.join("\n")}\n`, { mode: 0o600 });
    if (isRoot) await chown(path, 65534, 65534);
  }
  await cp(join(cluster, "postmaster.pid"), join(cluster, ".s.PGSQL.5432"));
}
