import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyCluster } from "../../../../test/cluster.ts";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { startEmbedded } from "../start-embedded.ts";
import { startHolder } from "./holder.ts";

let dataDir: string;

beforeAll(async () => {
  dataDir = await temporaryFolder();
  await copyCluster(dataDir);
});

afterAll(() => rm(dataDir, { recursive: true }));

test("the embedded server ignores PG* and TZ environment variables", async () => {
  const foreign = {
    PGHOST: "nowhere",
    PGPORT: "1",
    PGUSER: "mallory",
    PGDATA: "/nonexistent",
    TZ: "Asia/Tokyo",
  };
  const sql = "select current_user as me, current_setting('timezone') as zone";
  const holder = await startHolder(dataDir, { sql, env: { ...process.env, ...foreign } });
  expect(holder.outcome).toMatchObject({ rows: [{ me: "tocsin_owner", zone: "UTC" }] });
  await holder.release();
});

test("the embedded server keeps fsync, synchronous_commit and full_page_writes on", async () => {
  const names = "'fsync', 'synchronous_commit', 'full_page_writes'";
  const sql = `select name from pg_settings where name in (${names}) and setting = 'on' order by name`;
  const holder = await startHolder(dataDir, { sql });
  const rows = [{ name: "fsync" }, { name: "full_page_writes" }, { name: "synchronous_commit" }];
  expect(holder.outcome).toMatchObject({ rows });
  await holder.release();
});

test("Ctrl-C does not reach PostgreSQL, which runs in its own process group", async () => {
  const lines: string[] = [];
  const embedded = await startEmbedded(dataDir, { log: (line) => lines.push(line) });
  const afterName = (await readFile(`/proc/${embedded.pid}/stat`, "utf8")).split(") ")[1] ?? "";
  const [_state, _parent, group] = afterName.split(" ");
  expect(Number(group)).toBe(embedded.pid);
  await embedded.stop();
  expect(lines.at(-1)).toBe("LOG:  database system is shut down");
});

test("a start from a worker thread is refused because PostgreSQL would end with the thread", async () => {
  const worker = new Worker(join(import.meta.dirname, "hold.ts"), { argv: [dataDir], stdout: true });
  expect(await text(worker.stdout)).toContain("must be started from the main thread");
});
