import { access, mkdir } from "node:fs/promises";
import { dirname } from "node:path";

/** Makes a folder and those above it. Node's own recursive mkdir calls a read-only file system ENOENT. */
export async function makeFolder(path: string): Promise<void> {
  if (await exists(path)) return;
  await makeFolder(dirname(path));
  await mkdir(path, { mode: 0o755 });
}

/** Whether something bears this name; throws if it can't be known. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    (fault: NodeJS.ErrnoException) => {
      if (fault.code === "ENOENT") return false;
      throw fault;
    },
  );
}
