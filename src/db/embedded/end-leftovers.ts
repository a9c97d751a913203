import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Fast shutdown, immediate shutdown, kill; with the timeout of each in ms. */
const stages = [
  ["SIGINT", 10_000],
  ["SIGQUIT", 3_000],
  ["SIGKILL", 2_000],
] as const;

/**
 * Stops every PostgreSQL process that a killed Tocsin left behind, and removes its lock files and socket.
 * Only the owner of DATA_DIR may call it.
 */
export async function stopLeftovers(cluster: string): Promise<void> {
  for (const [signal, timeoutMs] of stages) {
    if ((await listPostgres(cluster)).length === 0) break;
    for (const pid of await signalTargets(signal, cluster)) sendSignal(signal, pid);
    await waitUntilGone(cluster, timeoutMs);
  }
  const files = ["postmaster.pid", ".s.PGSQL.5432.lock", ".s.PGSQL.5432"];
  await Promise.all(files.map((file) => rm(join(cluster, file), { force: true })));
}

/** SIGINT goes only to the postmaster: in a backend it cancels the current query. */
async function signalTargets(signal: NodeJS.Signals, cluster: string): Promise<number[]> {
  if (signal !== "SIGINT") return listPostgres(cluster);
  const postmaster = await runningPostmaster(cluster);
  return postmaster ? [postmaster.pid] : [];
}

/** Waits until no process is left, at most `timeoutMs`. */
async function waitUntilGone(cluster: string, timeoutMs: number): Promise<void> {
  for (const until = performance.now() + timeoutMs; performance.now() < until; await sleep(20)) {
    if ((await listPostgres(cluster)).length === 0) return;
  }
}

async function listPostgres(cluster: string): Promise<number[]> {
  const pids = (await readdir("/proc")).map(Number).filter((pid) => pid > 0);
  const found = await Promise.all(pids.map(async (pid) => (await isPostgres(pid, cluster)) && pid));
  return found.filter((pid) => pid !== false);
}

async function isPostgres(pid: number, cluster: string): Promise<boolean> {
  const name = await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "");
  return name.trim() === "postgres" && hasWorkingDirectory(pid, cluster);
}

function sendSignal(signal: NodeJS.Signals, pid: number): void {
  try {
    process.kill(pid, signal);
  } catch (cause) {
    // The process ended meanwhile.
    if (!(cause instanceof Error && "code" in cause && cause.code === "ESRCH")) throw cause;
  }
}

/** The running postmaster of a cluster. */
interface RunningPostmaster {
  pid: number;
  ready: boolean;
}

/**
 * Reads `postmaster.pid`, and trusts it only if that process has the cluster as its working directory: after
 * a crash the pid may belong to any process, and `kill 0` also succeeds for a zombie.
 */
export async function runningPostmaster(cluster: string): Promise<RunningPostmaster | null> {
  const text = await readFile(join(cluster, "postmaster.pid"), "utf8").catch(nullIfMissing);
  const lines = text?.split("\n") ?? [];
  const pid = Number(lines[0]);
  if (!pid || !(await hasWorkingDirectory(pid, cluster))) return null;
  return { pid, ready: lines[7]?.trim() === "ready" };
}

/**
 * Whether `folder` is the working directory of `pid`, compared by inode because paths and mounts may differ.
 */
async function hasWorkingDirectory(pid: number, folder: string): Promise<boolean> {
  const [actual, expected] = await Promise.all([stat(`/proc/${pid}/cwd`).catch(() => null), stat(folder)]);
  return actual !== null && actual.dev === expected.dev && actual.ino === expected.ino;
}

function nullIfMissing(cause: NodeJS.ErrnoException): null {
  if (cause.code === "ENOENT") return null;
  throw cause;
}
