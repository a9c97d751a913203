import { readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyCluster } from "../../../../test/cluster.ts";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { openDatabase } from "../../connect.ts";
import { connectRunning } from "../connect-running.ts";
import { startEmbedded } from "../start-embedded.ts";
import { type Holder, startHolder } from "./holder.ts";

let folder: string;
let dataDir: string;
let otherName: string;
let server: Holder;

beforeAll(async () => {
  folder = await temporaryFolder();
  dataDir = join(folder, "data");
  otherName = join(folder, "other-name");
  await copyCluster(dataDir);
  await symlink(dataDir, otherName);
  // Another user of the machine may have opened a file that was left readable.
  await writeFile(join(dataDir, "claim.lock"), "", { mode: 0o644 });
});

afterAll(() => rm(folder, { recursive: true }));

const start = (path: string) => startEmbedded(path, { log: () => {} });
const refusal = (path: string) =>
  start(path).then(
    () => "started",
    (fault: Error) => fault.message,
  );

test("a joining process waits while the owner is still starting", async () => {
  const starting = startHolder(dataDir);
  let joined = await connectRunning(dataDir);
  for (; !joined; await sleep(20)) joined = await connectRunning(dataDir);
  const client = new pg.Client(joined.connection);
  await client.connect();
  expect((await client.query("select current_user as me")).rows).toEqual([{ me: "tocsin_owner" }]);
  await client.end();
  await joined.stop();
  server = await starting;
});

test("a second server on the same DATA_DIR is refused with the owner's pid, also by a symlink", async () => {
  for (const path of [dataDir, otherName]) {
    expect(await refusal(path)).toBe(
      `DATA_DIR ${path}: It is in use by process ${server.child.pid}: stop that one, or choose another folder.`,
    );
  }
  expect(server.child.exitCode).toBeNull();
});

test("an owner that hangs keeps its DATA_DIR", async () => {
  server.child.kill("SIGSTOP");
  expect(await refusal(dataDir)).toContain(`in use by process ${server.child.pid}`);
  server.child.kill("SIGCONT");
});

test("a command joins a running server and leaves it running", async () => {
  const db = await openDatabase({ dataDir }, { log: () => {}, whenRunning: "join" });
  await db.pool.query("select 1");
  await db.close();
  expect(await connectRunning(dataDir)).not.toBeNull();
  expect(await refusal(dataDir)).toContain(`in use by process ${server.child.pid}`);
});

test("nobody else may take the lock first, and it leaves no other file", async () => {
  expect((await stat(join(dataDir, "claim.lock"))).mode & 0o777).toBe(0o600);
  expect((await readdir(dataDir)).sort()).toEqual(["claim.lock", "claim.pid", "lib", "postgres"]);
  await server.release();
  expect(await connectRunning(dataDir)).toBeNull();
  expect((await readdir(dataDir)).sort()).toEqual(["claim.lock", "lib", "postgres"]);
});

test("a command without a running server starts one and stops it afterwards", async () => {
  const db = await openDatabase({ dataDir }, { log: () => {}, whenRunning: "join" });
  expect(await connectRunning(dataDir)).not.toBeNull();
  await db.close();
  expect(await connectRunning(dataDir)).toBeNull();
});

test("`died` resolves when the server ends by itself, and the next start recovers", async () => {
  const db = await openDatabase({ dataDir }, { log: () => {} });
  const { rows } = await db.pool.query("select pg_postmaster_start_time() is not null as up");
  expect(rows).toEqual([{ up: true }]);
  const running = await connectRunning(dataDir);
  process.kill(running?.pid ?? 0, "SIGKILL");
  expect((await db.died).message).toMatch(/^The embedded PostgreSQL has ended/);
  await db.close();
  const next = await openDatabase({ dataDir }, { log: () => {} });
  expect((await next.pool.query("select 1 as answer")).rows).toEqual([{ answer: 1 }]);
  await next.close();
});
