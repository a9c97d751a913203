import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A clean shutdown, an immediate one, and the end; with the patience for each, in ms. */
const stages = [
  ["SIGINT", 10_000],
  ["SIGQUIT", 3_000],
  ["SIGKILL", 2_000],
] as const;

/**
 * Ends every PostgreSQL process that a killed Tocsin has left in the cluster, and removes the files by which
 * the next one would think it still there. To be called by the owner of DATA_DIR only.
 */
export async function endLeftovers(cluster: string): Promise<void> {
  for (const [signal, patience] of stages) {
    if ((await postgresIn(cluster)).length === 0) break;
    for (const pid of await receivers(signal, cluster)) send(signal, pid);
    await goneWithin(cluster, patience);
  }
  const files = ["postmaster.pid", ".s.PGSQL.5432.lock", ".s.PGSQL.5432"];
  await Promise.all(files.map((file) => rm(join(cluster, file), { force: true })));
}

/** A clean shutdown is the postmaster's to lead: to its children SIGINT says other things. */
async function receivers(signal: NodeJS.Signals, cluster: string): Promise<number[]> {
  if (signal !== "SIGINT") return postgresIn(cluster);
  const postmaster = await runningPostmaster(cluster);
  return postmaster ? [postmaster.pid] : [];
}

/** Waits until nothing is left, but no longer than `patience` ms. */
async function goneWithin(cluster: string, patience: number): Promise<void> {
  for (const until = performance.now() + patience; performance.now() < until; await sleep(20)) {
    if ((await postgresIn(cluster)).length === 0) return;
  }
}

async function postgresIn(cluster: string): Promise<number[]> {
  const pids = (await readdir("/proc")).map(Number).filter((pid) => pid > 0);
  const found = await Promise.all(pids.map(async (pid) => (await isPostgresIn(pid, cluster)) && pid));
  return found.filter((pid) => pid !== false);
}

async function isPostgresIn(pid: number, cluster: string): Promise<boolean> {
  const name = await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "");
  return name.trim() === "postgres" && standsIn(pid, cluster);
}

function send(signal: NodeJS.Signals, pid: number): void {
  try {
    process.kill(pid, signal);
  } catch (cause) {
    // It ended between being seen and being told to.
    if (!(cause instanceof Error && "code" in cause && cause.code === "ESRCH")) throw cause;
  }
}

/** The postmaster that serves a cluster at this moment. */
interface RunningPostmaster {
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
async function standsIn(pid: number, folder: string): Promise<boolean> {
  const [there, here] = await Promise.all([stat(`/proc/${pid}/cwd`).catch(() => null), stat(folder)]);
  return there !== null && there.dev === here.dev && there.ino === here.ino;
}

function absent(cause: NodeJS.ErrnoException): null {
  if (cause.code === "ENOENT") return null;
  throw cause;
}
