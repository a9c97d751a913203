import { chmod, rm, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyCluster } from "../../../../test/cluster.ts";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { openDatabase } from "../../connect.ts";
import { connectRunning } from "../connect-running.ts";
import { startHolder } from "./holder.ts";

let folder: string;
let dataDir: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  dataDir = join(folder, "data");
  await copyCluster(dataDir);
});

afterAll(() => rm(folder, { recursive: true }));

test("a joining process waits while the owner is still starting", async () => {
  const starting = startHolder(dataDir);
  let joined = await connectRunning(dataDir);
  for (; !joined; await sleep(20)) joined = await connectRunning(dataDir);
  const client = new pg.Client(joined.connection);
  await client.connect();
  expect((await client.query("select current_user as me")).rows).toEqual([{ me: "tocsin_owner" }]);
  await client.end();
  await joined.stop();
  await (await starting).release();
});

test("a second server on the same DATA_DIR is refused with the owner's pid, also by a symlink", async () => {
  const first = await startHolder(dataDir);
  await symlink(dataDir, join(folder, "other-name"));
  for (const path of [dataDir, join(folder, "other-name")]) {
    const second = await startHolder(path);
    expect(second.outcome).toEqual({
      refused: `DATA_DIR ${path}: It is in use by process ${first.child.pid}: stop that one, or choose another folder.`,
    });
  }
  expect(first.child.exitCode).toBeNull();
  await first.release();
});

test("an owner that hangs keeps its DATA_DIR", async () => {
  const first = await startHolder(dataDir);
  first.child.kill("SIGSTOP");
  const { outcome } = await startHolder(dataDir);
  expect(outcome).toMatchObject({ refused: expect.stringContaining(`in use by process ${first.child.pid}`) });
  first.child.kill("SIGCONT");
  await first.release();
});

test("nobody else may take the lock first", async () => {
  await chmod(dataDir, 0o755);
  const path = join(dataDir, "claim.lock");
  await chmod(path, 0o644);
  const first = await startHolder(dataDir);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  await first.release();
  expect(await connectRunning(dataDir)).toBeNull();
});

test("a command joins a running server and leaves it running", async () => {
  const server = await startHolder(dataDir);
  const db = await openDatabase({ dataDir }, { log: () => {}, whenRunning: "join" });
  await db.pool.query("select 1");
  await db.close();
  expect((await startHolder(dataDir)).outcome).toHaveProperty("refused");
  await server.release();
});

test("a command without a running server starts one and stops it afterwards", async () => {
  expect(await connectRunning(dataDir)).toBeNull();
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
  const next = await startHolder(dataDir);
  expect(next.outcome).toMatchObject({ rows: [{ answer: 1 }] });
  await next.release();
});
