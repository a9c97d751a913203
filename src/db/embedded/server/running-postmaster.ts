import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";

/** The postmaster that serves a cluster at this moment. */
export interface RunningPostmaster {
  pid: number;
  ready: boolean;
}

/**
 * Reads `postmaster.pid` and believes it only if that process stands in the cluster's folder: after a crash
 * the number may belong to anybody, and a zombie still answers `kill 0`.
 */
export async function runningPostmaster(cluster: string): Promise<RunningPostmaster | null> {
  const text = await readFile(join(cluster, "postmaster.pid"), "utf8").catch(absent);
  const lines = text?.split("\n") ?? [];
  const pid = Number(lines[0]);
  if (!pid || !(await standsIn(pid, cluster))) return null;
  return { pid, ready: lines[7]?.trim() === "ready" };
}

/** Whether process `pid` has `folder` as its working directory, by whatever path or mount it got there. */
export async function standsIn(pid: number, folder: string): Promise<boolean> {
  const [there, here] = await Promise.all([stat(`/proc/${pid}/cwd`).catch(() => null), stat(folder)]);
  return there !== null && there.dev === here.dev && there.ino === here.ino;
}

function absent(cause: NodeJS.ErrnoException): null {
  if (cause.code === "ENOENT") return null;
  throw cause;
}
