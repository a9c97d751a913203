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

/** Copies the template into a DATA_DIR, as if PostgreSQL had run there before. */
export async function copyCluster(dataDir: string, template = inject("cluster")): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  await run("cp", ["-a", template, join(dataDir, "postgres")]);
}
