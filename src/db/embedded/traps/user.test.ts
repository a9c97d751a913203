import { chmod, chown, mkdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { isClosedTo } from "../native.ts";
import { asNobody, isRoot, mayMount, startHolder, withMounts } from "./holder.ts";

const checkout = join(import.meta.dirname, "../../../..");
const nobody = 65534;
/** CAP_DAC_READ_SEARCH is capability 2. */
const readSearch = 0x4n;

let folder: string;

beforeAll(async () => {
  folder = await temporaryFolder();
});

afterAll(() => rm(folder, { recursive: true }));

test.runIf(isRoot)("as root: the database runs as nobody, without a privilege it doesn't need", async () => {
  const holder = await startHolder(join(folder, "of-root"));
  expect(await processOf(holder.told)).toEqual({ uid: nobody, capabilities: await needed(nobody) });
  await holder.letGo();
});

test.runIf(mayMount)("where one may mount: root's Tocsin runs a user's database as that user", async () => {
  const dataDir = await folderOf(nobody - 1, "of-a-user");
  const holder = await startHolder(dataDir, { before: withUser(nobody - 1) });
  expect(await processOf(holder.told)).toEqual({ uid: nobody - 1, capabilities: await needed(nobody - 1) });
  await holder.letGo();
});

test("a plain user's database runs as that user", async ({ skip }) => {
  if (isRoot && (await isClosedTo(nobody, checkout))) skip("this checkout is closed to plain users");
  const dataDir = isRoot ? await folderOf(nobody, "of-nobody") : join(folder, "mine");
  const holder = await startHolder(dataDir, { before: isRoot ? asNobody : [] });
  const me = isRoot ? nobody : process.getuid?.();
  expect(await processOf(holder.told)).toEqual({ uid: me, capabilities: 0n });
  await holder.letGo();
});

test.runIf(mayMount)(
  "where one may mount: below a closed folder PostgreSQL may read, and no more",
  async () => {
    const closed = join(folder, "closed");
    await mkdir(join(closed, "checkout"), { recursive: true });
    await chmod(closed, 0o700);
    const holder = await startHolder(join(closed, "data"), {
      before: withMounts(`mount --bind '${checkout}' '${closed}/checkout'`),
      script: join(closed, "checkout/src/db/embedded/traps/hold.ts"),
      sql: "create table t as select 1 as answer",
    });
    expect(await processOf(holder.told)).toEqual({ uid: nobody, capabilities: readSearch });
    await holder.letGo();
  },
);

test.runIf(isRoot)(
  "as root: a plain user who comes to somebody else's database is told whose it is",
  async ({ skip }) => {
    if (await isClosedTo(nobody, checkout)) skip("this checkout is closed to plain users");
    const dataDir = await folderOf(nobody, "not-mine");
    await mkdir(join(dataDir, "postgres"));
    const { told } = await startHolder(dataDir, { before: asNobody });
    expect(told).toMatchObject({
      refused: expect.stringContaining("belongs to user id 0, and Tocsin runs as 65534"),
    });
  },
);

test("without setpriv one is told what to install", async () => {
  const dataDir = join(folder, "without-setpriv");
  const { told } = await startHolder(dataDir, { env: { PATH: "/nonexistent" } });
  expect(told).toMatchObject({ refused: expect.stringContaining("install util-linux") });
});

async function folderOf(uid: number, name: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(path);
  await chown(path, uid, uid);
  return path;
}

/** None, unless the tests themselves are run from a closed checkout. */
async function needed(uid: number): Promise<bigint> {
  return (await isClosedTo(uid, checkout)) ? readSearch : 0n;
}

/** In this namespace the user has a name, without which PostgreSQL does not start. */
function withUser(uid: number): string[] {
  const users = join(folder, "passwd");
  return withMounts(
    `{ cat /etc/passwd; echo "grace:x:${uid}:${uid}::/:/bin/sh"; } > '${users}'; mount --bind '${users}' /etc/passwd`,
  );
}

async function processOf(told: { postmaster: number } | { refused: string }) {
  if ("refused" in told) throw new Error(told.refused);
  const status = await readFile(`/proc/${told.postmaster}/status`, "utf8");
  const capabilities = BigInt(`0x${/^CapEff:\s*(\w+)/m.exec(status)?.[1]}`);
  return { uid: (await stat(`/proc/${told.postmaster}`)).uid, capabilities };
}
