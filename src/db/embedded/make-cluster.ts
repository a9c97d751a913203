import { chown, mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { makeOwnedDatabase, markOwned } from "./access.ts";
import type { Launcher } from "./native.ts";
import { runProgram, runSingle } from "./run-program.ts";

const encoding = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];

/**
 * Creates the database files in `cluster`, which must not exist yet. They are created beside it and then
 * renamed, so that a first start that was killed can be repeated.
 */
export async function makeCluster(cluster: string, launcher: Launcher): Promise<void> {
  const unfinished = `${cluster}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  if (process.getuid?.() !== launcher.user) await chown(unfinished, launcher.user, launcher.user);
  const options = ["-D", unfinished, "-U", "tocsin", "--auth=peer", "--no-sync", ...encoding];
  await runProgram(launcher, "initdb", options);
  const first = { cluster: unfinished, database: "postgres", settings: ["-c", "fsync=off"] };
  await runSingle(launcher, { ...first, statements: makeOwnedDatabase });
  await markOwned(unfinished, launcher);
  // One sync for both steps: on a busy disk this halves the time of a first start.
  await runProgram(launcher, "initdb", ["-D", unfinished, "--sync-only"]);
  await rename(unfinished, cluster);
  await syncFolder(join(cluster, ".."));
}

/** Makes renames in a folder durable. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}

const remedies: Record<string, string> = {
  ENOSPC: "the disk is full. Make room, or choose another folder.",
  EDQUOT: "the disk quota of this user is used up. Make room, or choose another folder.",
  EROFS: "its file system is read-only. Choose another folder, or mount it for writing.",
  EACCES: "this user has no access to it. Change its owner or mode, or choose another folder.",
  EPERM: "this user has no access to it. Change its owner or mode, or choose another folder.",
  ENOENT: "the folder can't be created. Choose another folder.",
  ENOTDIR: "the path, or a part of it, is not a folder. Choose another folder.",
};

/** An Error about DATA_DIR that says what is wrong and what to do. */
export function explainFailure(dataDir: string, fault: unknown): Error {
  return new Error(`DATA_DIR ${dataDir}: ${remedy(fault)}`, { cause: fault });
}

function remedy(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  const code = "code" in fault ? String(fault.code) : "";
  return remedies[code] ?? fault.message;
}
