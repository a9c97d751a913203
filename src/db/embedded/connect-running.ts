import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ownerOf } from "./claim.ts";
import { type Embedded, embeddedConnection, openSocketDirectory } from "./embedded.ts";
import { runningPostmaster } from "./end-leftovers.ts";
import { explainFailure } from "./make-cluster.ts";

/** Connects to the embedded PostgreSQL that another process runs in `dataDir`; null if none does. */
export async function connectRunning(dataDir: string): Promise<Embedded | null> {
  const path = await realpath(dataDir).catch(() => null);
  if (path === null) return null;
  try {
    return await awaitOwner(path);
  } catch (fault) {
    throw explainFailure(dataDir, fault);
  }
}

async function awaitOwner(dataDir: string): Promise<Embedded | null> {
  const cluster = join(dataDir, "postgres");
  // The owner may still be starting, which takes a second or two the first time.
  while (await ownerOf(dataDir)) {
    const postmaster = await runningPostmaster(cluster);
    if (postmaster?.ready) {
      const socket = await openSocketDirectory(cluster);
      return {
        connection: embeddedConnection(socket.host),
        pid: postmaster.pid,
        stop: socket.close,
        died: new Promise(() => {}),
      };
    }
    await sleep(50);
  }
  return null;
}
