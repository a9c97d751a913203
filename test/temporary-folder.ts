import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const prefix = "tocsin-test-";

/** Makes a folder that every user may enter, in memory where there is /dev/shm. Its maker removes it. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(await root(), `${prefix}${process.pid}-`));
  await chmod(folder, 0o755);
  return folder;
}

/** A run that was killed could not tidy up; its folders are named after it. */
export async function removeAbandoned(): Promise<void> {
  const place = await root();
  const alive = new Set(await readdir("/proc"));
  for (const folder of await readdir(place)) {
    const pid = folder.startsWith(prefix) && folder.slice(prefix.length).split("-")[0];
    if (pid && !alive.has(pid)) await rm(join(place, folder), { recursive: true, force: true });
  }
}

async function root(): Promise<string> {
  return readdir("/dev/shm").then(
    () => "/dev/shm",
    () => tmpdir(),
  );
}
