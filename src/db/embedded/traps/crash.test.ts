import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chown, cp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyCluster } from "../../../../test/cluster.ts";
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
  await copyCluster(dataDir);
});

afterAll(() => rm(dataDir, { recursive: true }));

test("kill -9 of Tocsin also ends PostgreSQL, and committed data survives", async () => {
  const sql = "create table kept as select 'safe' as word";
  const holder = await startHolder(dataDir, { sql });
  expect(await runningPostmaster(cluster)).toMatchObject({ ready: true });
  holder.child.kill("SIGKILL");
  await expect.poll(() => runningPostmaster(cluster), { timeout: 10_000 }).toBeNull();
  expect(await query("select word from kept")).toEqual([{ word: "safe" }]);
});

test("a start stops a leftover postmaster and starts a new one", async () => {
  const { launch } = await prepareLauncher(dataDir);
  const leftover = launch("postgres", [
    "-D",
    cluster,
    "-c",
    "listen_addresses=",
    "-c",
    "unix_socket_directories=.",
  ]);
  await expect.poll(async () => (await runningPostmaster(cluster))?.ready, { timeout: 10_000 }).toBe(true);
  expect(await query("select word from kept")).toEqual([{ word: "safe" }]);
  expect(leftover.exitCode).toBe(0);
});

test("a start waits for backends whose postmaster was killed", async () => {
  const holder = await startHolder(dataDir);
  const { pid = 0 } = (await runningPostmaster(cluster)) ?? {};
  holder.child.kill("SIGSTOP");
  process.kill(pid, "SIGKILL");
  holder.child.kill("SIGKILL");
  expect(await query("select word from kept")).toEqual([{ word: "safe" }]);
});

test("a start ignores a postmaster.pid that names a zombie or a foreign process", async () => {
  const { parent, zombie } = await makeZombie();
  for (const pid of [zombie, process.ppid]) {
    await writePidFiles(pid);
    expect(await query("select word from kept")).toEqual([{ word: "safe" }]);
  }
  parent.kill();
});

/** Starts the database in this process, runs one query and stops it. */
async function query(sql: string): Promise<unknown[]> {
  const embedded = await startEmbedded(dataDir, { log: () => {} });
  const client = new pg.Client(embedded.connection);
  await client.connect();
  const { rows } = await client.query(sql).finally(() => client.end());
  await embedded.stop();
  return rows;
}

/** A zombie of PostgreSQL's user: its parent doesn't wait for it. */
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

async function writePidFiles(pid: number): Promise<void> {
  const lines = [pid, cluster, 1_700_000_000, 5432, ".", "", "  1234567         0", "ready   "];
  for (const file of ["postmaster.pid", ".s.PGSQL.5432.lock"]) {
    const path = join(cluster, file);
    await writeFile(path, `${lines.join("\n")}\n`, { mode: 0o600 });
    if (isRoot) await chown(path, 65534, 65534);
  }
  await cp(join(cluster, "postmaster.pid"), join(cluster, ".s.PGSQL.5432"));
}
