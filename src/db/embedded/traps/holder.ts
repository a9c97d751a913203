import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";

/** Another process that runs an embedded database, or was refused it. */
export interface Holder {
  child: ChildProcess;
  outcome: { postmaster: number; rows: unknown[] } | { refused: string };
  /** Makes the process stop the database and exit. */
  release(): Promise<void>;
}

export interface HolderOptions {
  /** Runs once the database is up; `outcome` has the rows. */
  sql?: string;
  /** Arguments in front of `node hold.ts`, such as `setpriv …` to run as another user. */
  commandPrefix?: string[];
  env?: NodeJS.ProcessEnv;
  script?: string;
}

const checkout = join(import.meta.dirname, "../../../..");

export const asNobody = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"];
export const isRoot = process.getuid?.() === 0;
/** Root in a container often can't mount. */
export const canMount = isRoot && spawnSync("unshare", ["--mount", "true"]).status === 0;

const outcomeSchema = z.union([
  z.object({ postmaster: z.number(), rows: z.array(z.unknown()) }),
  z.object({ refused: z.string() }),
]);

/** Starts `hold.ts` on a DATA_DIR and waits for its outcome. */
export async function startHolder(dataDir: string, options: HolderOptions = {}): Promise<Holder> {
  const { sql = "select 1 as answer", commandPrefix = [], env = process.env } = options;
  const cached = { NODE_COMPILE_CACHE: join(checkout, "node_modules/.cache/tocsin-tests"), ...env };
  const script = options.script ?? join(import.meta.dirname, "hold.ts");
  const [program = "", ...args] = [...commandPrefix, process.execPath, script, dataDir, sql];
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"], env: cached });
  const ended = once(child, "exit");
  const line = new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once("line", resolve);
    ended.then(([code]) => reject(new Error(`hold.ts exited with ${code} and printed nothing`)), reject);
  });
  return {
    child,
    outcome: outcomeSchema.parse(JSON.parse(await line)),
    release: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

/**
 * A command prefix that runs `commands` in a new mount namespace first; their mounts end with the process.
 */
export function withMounts(commands: string): string[] {
  return ["unshare", "--mount", "sh", "-ec", `${commands}\nexec "$@"`, "sh"];
}
