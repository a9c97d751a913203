import { readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { syncFolder } from "./make-cluster.ts";
import { exists, packageMajor } from "./native.ts";

/** The major version of PostgreSQL that wrote these database files. */
export async function readMajor(cluster: string): Promise<number> {
  return Number.parseInt(await readFile(join(cluster, "PG_VERSION"), "utf8"), 10);
}

/** Throws what to do if another major version of PostgreSQL wrote the database files than the one that Tocsin brings. */
export async function refuseOtherMajor(cluster: string): Promise<void> {
  const [written, own] = [await readMajor(cluster), await packageMajor()];
  if (written > own) throw new Error(newer(written, own));
  if (written < own)
    throw new Error(
      `Its database is of PostgreSQL ${written}, and this Tocsin brings PostgreSQL ${own}. Run \`tocsin upgrade-database\`, which keeps the old files.`,
    );
}

/** Why a database is of no use to this Tocsin. */
export function newer(written: number, own: number): string {
  return `Its database is of PostgreSQL ${written}, and this Tocsin brings PostgreSQL ${own}. Start the Tocsin that wrote it, or a later one.`;
}

/** Where an upgraded cluster stands once it is complete, until the old one has made room. */
export const upgradedCluster = (dataDir: string) => join(dataDir, "postgres.upgraded");

/** Puts a complete upgraded cluster into its place if the process ended just before that. */
export async function finishUpgrade(dataDir: string): Promise<void> {
  const cluster = join(dataDir, "postgres");
  if ((await exists(cluster)) || !(await exists(upgradedCluster(dataDir)))) return;
  await rename(upgradedCluster(dataDir), cluster);
  await syncFolder(dataDir);
}
