import { chmod, chown, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyCluster } from "../../../../test/cluster.ts";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { connectRunning } from "../connect-running.ts";
import { isClosedTo } from "../native.ts";
import { startEmbedded } from "../start-embedded.ts";
import { asNobody, canMount, isRoot, startHolder, withMounts } from "./holder.ts";

const checkout = join(import.meta.dirname, "../../../..");
let folder: string;

beforeAll(async () => {
  folder = await temporaryFolder();
});

afterAll(() => rm(folder, { recursive: true }));

test("a DATA_DIR path over 107 bytes works for the owner and for a joining process", async () => {
  const dataDir = join(folder, "long".repeat(30), "data");
  await copyCluster(dataDir);
  const holder = await startHolder(dataDir);
  expect(holder.outcome).toMatchObject({ rows: [{ answer: 1 }] });
  const joined = await connectRunning(dataDir);
  expect(joined?.connection.host).toMatch(/^\/proc\/self\/fd\/\d+$/);
  await joined?.stop();
  await holder.release();
});

test.runIf(canMount)("a first start names a full disk as the reason (needs mount)", async () => {
  const dataDir = await makeFolder("small");
  const commandPrefix = withMounts(`mount -t tmpfs -o size=12m none '${dataDir}'`);
  const { outcome } = await startHolder(dataDir, { commandPrefix });
  expect(refusal(outcome)).toMatch(/^DATA_DIR .*small: .*No space left on device/);
});

test.runIf(canMount)("a later start names a full disk as the reason (needs mount)", async () => {
  const dataDir = await makeFolder("filling");
  const fill = "cat /dev/zero > full 2>/dev/null || true";
  const first = `cd '${dataDir}'; echo | "$1" "$2" "$3" >/dev/null; ${fill}`;
  const { outcome } = await startHolder(dataDir, {
    commandPrefix: withMounts(`mount -t tmpfs -o size=80m none '${dataDir}'; ${first}`),
  });
  expect(refusal(outcome)).toMatch(/^DATA_DIR .*filling: .*(No space left on device|the disk is full)/);
});

test.runIf(canMount)(
  "a start names a read-only file system as the reason, even without DATA_DIR (needs mount)",
  async () => {
    const parent = await makeFolder("frozen");
    await makeFolder("frozen/data");
    const commandPrefix = withMounts(
      `mount --bind '${parent}' '${parent}'; mount -o remount,bind,ro '${parent}'`,
    );
    for (const name of ["data", "not-yet/data"]) {
      const { outcome } = await startHolder(join(parent, name), { commandPrefix });
      expect(refusal(outcome)).toMatch(/^DATA_DIR .*frozen.*: its file system is read-only/);
    }
  },
);

test("a start names a folder without write access as the reason", async ({ skip }) => {
  if (isRoot && (await isClosedTo(65534, checkout))) skip("this checkout is closed to plain users");
  const dataDir = await makeFolder("locked");
  if (isRoot) await chown(dataDir, 65534, 65534);
  await chmod(dataDir, 0o500);
  const { outcome } = await startHolder(dataDir, { commandPrefix: isRoot ? asNobody : [] });
  expect(refusal(outcome)).toMatch(/^DATA_DIR .*locked: this user has no access to it/);
});

test("a start names a file in place of DATA_DIR as the reason", async () => {
  await writeFile(join(folder, "file"), "");
  await expect(startEmbedded(join(folder, "file"), { log: () => {} })).rejects.toThrow("is not a folder");
});

async function makeFolder(name: string): Promise<string> {
  await mkdir(join(folder, name));
  return join(folder, name);
}

function refusal(outcome: { postmaster: number } | { refused: string }): string {
  if ("refused" in outcome) return outcome.refused;
  throw new Error("PostgreSQL started");
}
