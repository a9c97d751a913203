import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ownerOf } from "../../../src/db/embedded/claim.ts";
import { endLeftovers } from "../../../src/db/embedded/end-leftovers.ts";

const mark = "made-by-tocsin-demo";
const markText = "`tocsin demo` empties this folder each time it starts. Keep nothing in it.\n";

/**
 * Makes the demo's folder, or empties the one of an earlier run: the pretend Slack forgets everything when it
 * stops, and old alerts would point to cards that are gone. Throws if the folder isn't a demo's, or is in use.
 */
export async function clearFolder(dataDir: string): Promise<void> {
  await mkdir(resolve(dataDir), { recursive: true });
  const names = await readdir(dataDir);
  if (names.length > 0 && !names.includes(mark)) {
    throw new Error(
      `DATA_DIR=${dataDir} holds something that is not a demo's, which would empty it. Choose another.`,
    );
  }
  const owner = await ownerOf(dataDir);
  if (owner)
    throw new Error(`A demo is running in ${dataDir}, as process ${owner.pid ?? "unknown"}: stop it first.`);
  if (names.includes("postgres")) await endLeftovers(join(dataDir, "postgres"));
  await writeFile(join(dataDir, mark), markText);
  const others = names.filter((name) => name !== mark);
  await Promise.all(others.map((name) => rm(join(dataDir, name), { recursive: true, force: true })));
}
