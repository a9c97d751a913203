import { realpath } from "node:fs/promises";
import { join, resolve } from "node:path";
import { giveToOwner, writeAccess } from "./access.ts";
import { claim } from "./claim.ts";
import { type Embedded, embeddedConnection, openSocketDirectory } from "./embedded.ts";
import { stopLeftovers } from "./end-leftovers.ts";
import { explainFailure, makeCluster } from "./make-cluster.ts";
import { exists, type Launcher, makeFolder, prepareLauncher } from "./native.ts";
import { finishUpgrade, refuseOtherMajor } from "./other-major.ts";
import { type Settings, startPostmaster } from "./start-postmaster.ts";

export interface StartOptions {
  /** Receives each line that the server logs. */
  log: (line: string) => void;
  /** Overrides settings, for throwaway test databases. */
  settings?: Settings;
}

/**
 * Starts the PostgreSQL of a DATA_DIR, which it creates at the first start, and owns it until stopped. Throws
 * an Error that says what is wrong with DATA_DIR and what to do.
 */
export async function startEmbedded(dataDir: string, options: StartOptions): Promise<Embedded> {
  try {
    await makeFolder(resolve(dataDir));
    return await startOwned(await realpath(dataDir), options);
  } catch (fault) {
    throw explainFailure(dataDir, fault);
  }
}

async function startOwned(dataDir: string, options: StartOptions): Promise<Embedded> {
  const release = await claimOrThrow(dataDir);
  try {
    const cluster = join(dataDir, "postgres");
    const launcher = await prepareLauncher(dataDir);
    await finishUpgrade(dataDir);
    if (await exists(cluster)) await refuseOtherMajor(cluster);
    else await makeCluster(cluster, launcher);
    const started = await startCluster(cluster, launcher, options);
    const stop = async () => {
      await started.stop();
      await release();
    };
    return { ...started, stop };
  } catch (fault) {
    await release();
    throw fault;
  }
}

/** Starts the server of a cluster that this process has claimed. */
export async function startCluster(
  cluster: string,
  launcher: Launcher,
  { log, settings = {} }: StartOptions,
): Promise<Embedded> {
  await stopLeftovers(cluster);
  await giveToOwner(cluster, launcher);
  await writeAccess(cluster, launcher);
  const postmaster = await startPostmaster(cluster, launcher, { extra: settings, log });
  const socket = await openSocketDirectory(cluster);
  const stop = async () => {
    await postmaster.stop();
    await socket.close();
  };
  return { connection: embeddedConnection(socket.host), pid: postmaster.pid, stop, died: postmaster.died };
}

/** Makes this process the owner of a DATA_DIR, or says who is; returns what ends that. */
export async function claimOrThrow(dataDir: string): Promise<() => Promise<void>> {
  const claimed = await claim(dataDir);
  if (claimed.kind === "taken") throw new Error(inUse(claimed.pid));
  return claimed.release;
}

function inUse(pid: number | null): string {
  return `It is in use by ${pid === null ? "another process" : `process ${pid}`}: stop that one, or choose another folder.`;
}
