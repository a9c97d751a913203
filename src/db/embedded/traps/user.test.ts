import { spawnSync } from "node:child_process";
import { chmod, chown, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copyCluster } from "../../../../test/cluster.ts";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import type { Embedded } from "../embedded.ts";
import { isClosedTo, prepareLauncher } from "../native.ts";
import { runSingle } from "../run-program.ts";
import { startEmbedded } from "../start-embedded.ts";
import { asNobody, canMount, isRoot, startHolder, withMounts } from "./holder.ts";

const checkout = join(import.meta.dirname, "../../../..");
const nobody = 65534;
/** CAP_DAC_READ_SEARCH is capability 2. */
const readSearch = 0x4n;

let folder: string;

beforeAll(async () => {
  folder = await temporaryFolder();
});

afterAll(() => rm(folder, { recursive: true }));

describe.runIf(isRoot)("when Tocsin runs as root (needs root)", () => {
  let dataDir: string;
  let embedded: Embedded;

  beforeAll(async () => {
    dataDir = join(folder, "of-root");
    await copyCluster(dataDir);
    embedded = await startEmbedded(dataDir, { log: () => {} });
  });

  afterAll(() => embedded.stop());

  test("PostgreSQL runs as nobody without extra capabilities", async () => {
    expect(await processOf({ postmaster: embedded.pid })).toEqual({
      uid: nobody,
      capabilities: await neededCapabilities(nobody),
    });
  });

  test("another process of nobody can't connect to the database", async ({ skip }) => {
    if (await isClosedTo(nobody, checkout)) skip("this checkout is closed to plain users");
    const users = ["tocsin", "tocsin_owner"];
    const host = join(dataDir, "postgres");
    for (const user of users) {
      const client = new pg.Client({ host, user, database: "tocsin" });
      await client.connect();
      await client.end();
    }
    const connect = `
    import pg from "pg";
    for (const user of ["tocsin", "tocsin_owner"]) {
      const client = new pg.Client({ host: process.argv[1], user, database: "tocsin" });
      console.log(await client.connect().then(() => "connected", (fault) => fault.message));
    }
    process.exit();`;
    const [program = "", ...args] = [
      ...asNobody,
      process.execPath,
      "--input-type=module",
      "-e",
      connect,
      host,
    ];
    const { stdout } = spawnSync(program, args, { cwd: checkout, encoding: "utf8" });
    expect(stdout.trim().split("\n")).toEqual(
      users.map((user) => `Peer authentication failed for user "${user}"`),
    );
  });
});

test.runIf(canMount)(
  "PostgreSQL runs as the data's owner when Tocsin runs as root (needs mount)",
  async () => {
    const dataDir = await folderOf(nobody - 1, "of-a-user");
    await copyCluster(dataDir, { uid: nobody - 1 });
    const holder = await startHolder(dataDir, { commandPrefix: withUser(nobody - 1) });
    expect(await processOf(holder.outcome)).toEqual({
      uid: nobody - 1,
      capabilities: await neededCapabilities(nobody - 1),
    });
    await holder.release();
  },
);

test("a plain user's start after a killed first start creates the database, run by that user", async ({
  skip,
}) => {
  if (isRoot && (await isClosedTo(nobody, checkout))) skip("this checkout is closed to plain users");
  const dataDir = isRoot ? await folderOf(nobody, "of-nobody") : join(folder, "mine");
  // What a killed first start leaves; this one creates the database again.
  const leftover = join(dataDir, "postgres.new");
  await mkdir(join(leftover, "base"), { recursive: true });
  await writeFile(join(leftover, "PG_VERSION"), "18\n");
  if (isRoot)
    for (const path of ["", "base", "PG_VERSION"]) await chown(join(leftover, path), nobody, nobody);
  const holder = await startHolder(dataDir, { commandPrefix: isRoot ? asNobody : [] });
  const me = isRoot ? nobody : process.getuid?.();
  expect(holder.outcome).toMatchObject({ rows: [{ answer: 1 }] });
  expect(await processOf(holder.outcome)).toEqual({ uid: me, capabilities: 0n });
  await holder.release();
});

test.runIf(canMount)(
  "PostgreSQL gets only the read capability below a closed folder (needs mount)",
  async () => {
    const closed = join(folder, "closed");
    await mkdir(join(closed, "checkout"), { recursive: true });
    await copyCluster(join(closed, "data"));
    await chmod(closed, 0o700);
    const holder = await startHolder(join(closed, "data"), {
      commandPrefix: withMounts(`mount --bind '${checkout}' '${closed}/checkout'`),
      script: join(closed, "checkout/src/db/embedded/traps/hold.ts"),
      sql: "create table t as select 1 as answer",
    });
    expect(await processOf(holder.outcome)).toEqual({ uid: nobody, capabilities: readSearch });
    await holder.release();
  },
);

test.runIf(isRoot)(
  "a plain user's start on another user's database names the owner (needs root)",
  async ({ skip }) => {
    if (await isClosedTo(nobody, checkout)) skip("this checkout is closed to plain users");
    const dataDir = await folderOf(nobody, "not-mine");
    await mkdir(join(dataDir, "postgres"));
    const { outcome } = await startHolder(dataDir, { commandPrefix: asNobody });
    expect(outcome).toMatchObject({
      refused: expect.stringContaining("belongs to user id 0, and Tocsin runs as 65534"),
    });
  },
);

test.runIf(isRoot)(
  "a user without a name starts the database in another user's empty folder of its group (needs root)",
  async ({ skip }) => {
    if (await isClosedTo(nobody, checkout)) skip("this checkout is closed to plain users");
    const dataDir = join(folder, "of-a-group");
    await mkdir(dataDir);
    await chmod(dataDir, 0o775);
    const nameless = ["setpriv", "--reuid", "1000650000", "--regid", "0", "--clear-groups"];
    const holder = await startHolder(dataDir, { commandPrefix: nameless });
    if ("refused" in holder.outcome) {
      expect(holder.outcome.refused).toContain("The user id 1000650000 has no name");
      skip("libnss-wrapper is not installed");
    }
    expect(holder.outcome).toMatchObject({ rows: [{ answer: 1 }] });
    expect(await processOf(holder.outcome)).toMatchObject({ uid: 1_000_650_000 });
    await holder.release();
  },
);

test("Tocsin is no superuser, also on a database that a version before made as one", async () => {
  const dataDir = join(folder, "before");
  await copyCluster(dataDir);
  const launcher = await prepareLauncher(dataDir);
  const cluster = join(dataDir, "postgres");
  const statements = ["drop database tocsin", "drop role tocsin_owner", "create database tocsin"];
  await runSingle(launcher, { cluster, database: "postgres", statements });
  await rm(join(cluster, "tocsin_owner"));
  const made = [
    "create extension pg_trgm",
    "create type mood as enum ('calm')",
    "create table kept (n bigserial, m mood)",
    "create function f() returns int language sql as 'select 1'",
    "create statistics s on n, m from kept",
    "create sequence numbers",
    "create unlogged table loose (n int)",
  ];
  await runSingle(launcher, { cluster, database: "tocsin", statements: made });
  const run = async (sql: string) => {
    const embedded = await startEmbedded(dataDir, { log: () => {} });
    const client = new pg.Client(embedded.connection);
    await client.connect();
    const { rows } = await client.query(sql).finally(() => client.end());
    await embedded.stop();
    return rows;
  };
  const superuser = "select rolsuper from pg_roles where rolname = current_user";
  expect(await run(superuser)).toEqual([{ rolsuper: false }]);
  const change = `do $$ begin alter table kept add x int; alter type mood add value 'sad'; drop function f();
    drop statistics s; perform nextval('numbers'); insert into kept (m) values ('calm'); drop table loose;
    create table more (n int); end $$`;
  await run(change);
});

test("a start without setpriv names the package to install", async () => {
  const dataDir = join(folder, "without-setpriv");
  const { outcome } = await startHolder(dataDir, { env: { PATH: "/nonexistent" } });
  expect(outcome).toMatchObject({ refused: expect.stringContaining("install util-linux") });
});

async function folderOf(uid: number, name: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(path);
  await chown(path, uid, uid);
  return path;
}

/** No capability, unless the tests run from a closed checkout. */
async function neededCapabilities(uid: number): Promise<bigint> {
  return (await isClosedTo(uid, checkout)) ? readSearch : 0n;
}

/** A mount namespace in which the user id has a name, which PostgreSQL needs. */
function withUser(uid: number): string[] {
  const users = join(folder, "passwd");
  return withMounts(
    `{ cat /etc/passwd; echo "grace:x:${uid}:${uid}::/:/bin/sh"; } > '${users}'; mount --bind '${users}' /etc/passwd`,
  );
}

async function processOf(outcome: { postmaster: number } | { refused: string }) {
  if ("refused" in outcome) throw new Error(outcome.refused);
  const status = await readFile(`/proc/${outcome.postmaster}/status`, "utf8");
  const capabilities = BigInt(`0x${/^CapEff:\s*(\w+)/m.exec(status)?.[1]}`);
  return { uid: (await stat(`/proc/${outcome.postmaster}`)).uid, capabilities };
}
