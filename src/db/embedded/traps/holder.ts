import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";

/** Another process that has, or was refused, an embedded database. */
export interface Holder {
  child: ChildProcess;
  told: { postmaster: number; rows: unknown[] } | { refused: string };
  /** Lets it stop the database and end. */
  letGo(): Promise<void>;
}

export interface HolderOptions {
  /** Run on the database once it is up; the rows come back. */
  sql?: string;
  /** Words to put before `node hold.ts`, as of `setpriv` to be another user. */
  before?: string[];
  env?: NodeJS.ProcessEnv;
  script?: string;
}

export const asNobody = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"];
export const isRoot = process.getuid?.() === 0;
/** Root in a container often may not. */
export const mayMount = isRoot && spawnSync("unshare", ["--mount", "true"]).status === 0;

const told = z.union([
  z.object({ postmaster: z.number(), rows: z.array(z.unknown()) }),
  z.object({ refused: z.string() }),
]);

/** Starts `hold.ts` on a DATA_DIR and waits for what it tells. */
export async function startHolder(dataDir: string, options: HolderOptions = {}): Promise<Holder> {
  const { sql = "select 1 as answer", before = [], env = process.env } = options;
  const script = options.script ?? join(import.meta.dirname, "hold.ts");
  const [program = "", ...args] = [...before, process.execPath, script, dataDir, sql];
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"], env });
  const ended = once(child, "exit");
  const line = new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once("line", resolve);
    ended.then(([code]) => reject(new Error(`The holder ended with ${code} and told nothing`)), reject);
  });
  return {
    child,
    told: told.parse(JSON.parse(await line)),
    letGo: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

/** Runs what follows in a mount namespace of its own, after these commands; what they mount ends with it. */
export function withMounts(commands: string): string[] {
  return ["unshare", "--mount", "sh", "-ec", `${commands}\nexec "$@"`, "sh"];
}
