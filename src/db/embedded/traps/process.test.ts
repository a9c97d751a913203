import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { Worker } from "node:worker_threads";
import pg from "pg";
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

test("the embedded server is durable, and runs in its own process group, which Ctrl-C does not reach", async () => {
  const lines: string[] = [];
  const embedded = await startEmbedded(dataDir, { log: (line) => lines.push(line) });
  const client = new pg.Client(embedded.connection);
  await client.connect();
  for (const name of ["fsync", "full_page_writes", "synchronous_commit"])
    expect((await client.query(`show ${name}`)).rows, name).toEqual([{ [name]: "on" }]);
  await client.end();
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
