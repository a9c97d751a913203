import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { inject } from "vitest";
import { makeCluster } from "../src/db/embedded/make-cluster.ts";
import { prepareLauncher } from "../src/db/embedded/native.ts";

const run = promisify(execFile);

/** Runs initdb in this folder, once per test run. */
export async function makeClusterTemplate(folder: string): Promise<string> {
  const cluster = join(folder, "cluster");
  await makeCluster(cluster, await prepareLauncher(folder));
  return cluster;
}

/** Puts a copy of the template into a DATA_DIR, as if PostgreSQL had been started there before by user `uid`. */
export async function copyCluster(
  dataDir: string,
  { uid, template = inject("cluster") }: { uid?: number; template?: string } = {},
): Promise<void> {
  const cluster = join(dataDir, "postgres");
  await mkdir(dataDir, { recursive: true });
  await run("cp", ["-a", template, cluster]);
  if (uid !== undefined) await run("chown", ["-R", `${uid}:${uid}`, cluster]);
}
