import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const prefix = "tocsin-test-";

/** Creates a folder that every user can enter, in memory if /dev/shm exists. The caller removes it. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(await root(), `${prefix}${process.pid}-`));
  await chmod(folder, 0o755);
  return folder;
}

/** Removes the folders of killed runs; their names contain the process id of the run. */
export async function removeAbandoned(): Promise<void> {
  const parent = await root();
  const alive = new Set(await readdir("/proc"));
  for (const folder of await readdir(parent)) {
    const pid = folder.startsWith(prefix) && folder.slice(prefix.length).split("-")[0];
    if (pid && !alive.has(pid)) await rm(join(parent, folder), { recursive: true, force: true });
  }
}

async function root(): Promise<string> {
  return readdir("/dev/shm").then(
    () => "/dev/shm",
    () => tmpdir(),
  );
}
