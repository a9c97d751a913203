import { realpath, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Embedded } from "./embedded.ts";
import { stopLeftovers } from "./end-leftovers.ts";
import { explainFailure, makeCluster, syncFolder } from "./make-cluster.ts";
import { exists, packageMajor, prepareLauncher } from "./native.ts";
import { finishUpgrade, newer, readMajor, upgradedCluster } from "./other-major.ts";
import { claimOrThrow, startCluster } from "./start-embedded.ts";

/** What an upgrade needs of its caller. */
export interface UpgradeSteps<T> {
  /** A folder whose `node_modules` has the programs of this major version. */
  findPrograms(major: number): Promise<string>;
  /** Copies everything from the old server to the new one, whose database is empty. */
  move(from: Server, to: Server): Promise<T>;
}

interface Server extends Pick<Embedded, "connection"> {
  major: number;
}

export interface Upgraded<T> {
  from: number;
  to: number;
  /** The folder with the old files. */
  kept: string;
  moved: T;
}

/**
 * Upgrades the database of a DATA_DIR to the major version of PostgreSQL that Tocsin brings: both servers run, and `move`
 * copies from one to the other. Null if it is of that version already. Until the new files are complete and on disk, the
 * old ones stay in their place; afterwards they are beside them. If the process ends half-way, it can be run again.
 */
export async function upgradeEmbedded<T>(
  dataDir: string,
  steps: UpgradeSteps<T>,
): Promise<Upgraded<T> | null> {
  try {
    const path = await realpath(resolve(dataDir));
    const release = await claimOrThrow(path);
    return await upgradeOwned(path, steps).finally(release);
  } catch (fault) {
    throw explainFailure(dataDir, fault);
  }
}

async function upgradeOwned<T>(dataDir: string, steps: UpgradeSteps<T>): Promise<Upgraded<T> | null> {
  const cluster = join(dataDir, "postgres");
  await finishUpgrade(dataDir);
  if (!(await exists(cluster))) throw new Error("It has no database yet, so there is nothing to upgrade.");
  const [from, to] = [await readMajor(cluster), await packageMajor()];
  if (from === to) return null;
  if (from > to) throw new Error(newer(from, to));
  const kept = `${cluster}-${from}`;
  if (await exists(kept))
    throw new Error(`${kept} is left from an upgrade before: move it away, or delete it.`);
  const moved = await moveToNew(dataDir, from, steps);
  await rename(cluster, kept);
  await rename(upgradedCluster(dataDir), cluster);
  await syncFolder(dataDir);
  return { from, to, kept, moved };
}

/** Leaves a complete copy of the database in the place of the upgraded cluster, and both servers stopped. */
async function moveToNew<T>(
  dataDir: string,
  from: number,
  { findPrograms, move }: UpgradeSteps<T>,
): Promise<T> {
  const cluster = join(dataDir, "postgres");
  const incomplete = `${cluster}.upgrade`;
  const links = join(dataDir, `lib-${from}`);
  const programs = join(await findPrograms(from), "package.json");
  const found = await packageMajor(programs);
  if (found !== from)
    throw new Error(`Its database is of PostgreSQL ${from}, and the programs found are of ${found}.`);
  const log = () => {};
  if (await exists(incomplete)) await stopLeftovers(incomplete);
  for (const left of [incomplete, upgradedCluster(dataDir)]) await rm(left, { recursive: true, force: true });
  const launcher = await prepareLauncher(dataDir);
  const old = await startCluster(cluster, await prepareLauncher(dataDir, { from: programs, links }), { log });
  try {
    await makeCluster(incomplete, launcher);
    const next = await startCluster(incomplete, launcher, { log });
    const to = { connection: next.connection, major: await packageMajor() };
    const moved = await move({ connection: old.connection, major: from }, to).finally(() => next.stop());
    await rename(incomplete, upgradedCluster(dataDir));
    await syncFolder(dataDir);
    return moved;
  } finally {
    await old.stop();
    await rm(links, { recursive: true, force: true });
  }
}
