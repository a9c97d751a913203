import { chmod, chown, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { connectRunning } from "../connect-running.ts";
import { isClosedTo } from "../native.ts";
import { asNobody, isRoot, mayMount, startHolder, withMounts } from "./holder.ts";

const checkout = join(import.meta.dirname, "../../../..");
let folder: string;

beforeAll(async () => {
  folder = await temporaryFolder();
});

afterAll(() => rm(folder, { recursive: true }));

test("a path above the 107 bytes of a socket's name works, for the owner and for who joins", async () => {
  const dataDir = join(folder, "long".repeat(30), "data");
  const holder = await startHolder(dataDir);
  expect(holder.told).toMatchObject({ rows: [{ answer: 1 }] });
  const joined = await connectRunning(dataDir);
  expect(joined?.connection.host).toMatch(/^\/proc\/self\/fd\/\d+$/);
  await joined?.stop();
  await holder.letGo();
});

test.runIf(mayMount)(
  "where one may mount: a disk that is full at the first start is named as the reason",
  async () => {
    const dataDir = await made("small");
    const before = withMounts(`mount -t tmpfs -o size=12m none '${dataDir}'`);
    const { told } = await startHolder(dataDir, { before });
    expect(refusal(told)).toMatch(/^DATA_DIR .*small: .*No space left on device/);
  },
);

test.runIf(mayMount)(
  "where one may mount: a disk that is full at a later start is named as the reason",
  async () => {
    const dataDir = await made("filling");
    const fill = "cat /dev/zero > full 2>/dev/null || true";
    const first = `cd '${dataDir}'; echo | "$1" "$2" "$3" >/dev/null; ${fill}`;
    const { told } = await startHolder(dataDir, {
      before: withMounts(`mount -t tmpfs -o size=80m none '${dataDir}'; ${first}`),
    });
    expect(refusal(told)).toMatch(/^DATA_DIR .*filling: .*(No space left on device|the disk is full)/);
  },
);

test.runIf(mayMount)(
  "where one may mount: a read-only file system is named as the reason, whether DATA_DIR is there or not",
  async () => {
    const parent = await made("frozen");
    await made("frozen/data");
    const before = withMounts(`mount --bind '${parent}' '${parent}'; mount -o remount,bind,ro '${parent}'`);
    for (const name of ["data", "not-yet/data"]) {
      const { told } = await startHolder(join(parent, name), { before });
      expect(refusal(told)).toMatch(/^DATA_DIR .*frozen.*: its file system is read-only/);
    }
  },
);

test("a folder in which this user may not write is named as the reason", async ({ skip }) => {
  if (isRoot && (await isClosedTo(65534, checkout))) skip("this checkout is closed to plain users");
  const dataDir = await made("locked");
  if (isRoot) await chown(dataDir, 65534, 65534);
  await chmod(dataDir, 0o500);
  const { told } = await startHolder(dataDir, { before: isRoot ? asNobody : [] });
  expect(refusal(told)).toMatch(/^DATA_DIR .*locked: this user may not use it/);
});

test("a file in place of the folder is named as the reason", async () => {
  await writeFile(join(folder, "file"), "");
  expect(refusal((await startHolder(join(folder, "file"))).told)).toMatch(/is not a folder/);
});

async function made(name: string): Promise<string> {
  await mkdir(join(folder, name));
  return join(folder, name);
}

function refusal(told: { postmaster: number } | { refused: string }): string {
  if ("refused" in told) return told.refused;
  throw new Error("It started");
}
