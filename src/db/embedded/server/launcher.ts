import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";
import { findNative } from "../native.ts";
import { chooseUser, isClosedTo, runAs } from "./run-as.ts";

/** Starts PostgreSQL's programs as the user who owns, or will own, the cluster. */
export interface Launcher {
  user: number;
  /** Starts `initdb` or `postgres`; its output is on pipes. */
  launch(program: "initdb" | "postgres", args: string[]): ChildProcess;
}

/** Decides, for one DATA_DIR, who runs PostgreSQL and how. */
export async function prepareLauncher(dataDir: string): Promise<Launcher> {
  if (!isMainThread)
    throw new Error("The death signal follows the thread that forks: start from the main one.");
  const me = process.getuid?.() ?? 0;
  const user = chooseUser(me, await ownerOf(dataDir));
  const native = await findNative(dataDir);
  const closed = (await isClosedTo(user, dataDir)) || (await isClosedTo(user, native.bin));
  const privileges = runAs(me, user, closed);
  // Little of our environment goes in: PGDATA, PGOPTIONS, TZ or LANG would change what the server does.
  const env = { PATH: process.env.PATH, LD_LIBRARY_PATH: native.libraryPath, LC_ALL: "C", TZ: "UTC" };
  // Detached, lest Ctrl-C end the database before the work that is being finished.
  const options: SpawnOptions = { env, cwd: "/", detached: true };
  return {
    user,
    launch: (program, args) => spawn("setpriv", [...privileges, join(native.bin, program), ...args], options),
  };
}

async function ownerOf(dataDir: string): Promise<number> {
  const cluster = await stat(join(dataDir, "postgres")).catch(() => null);
  return (cluster ?? (await stat(dataDir))).uid;
}
