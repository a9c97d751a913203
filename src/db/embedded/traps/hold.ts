import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import pg from "pg";
import { z } from "zod";
import { startEmbedded } from "../start-embedded.ts";

/**
 * A process for tests: `node hold.ts DATA_DIR [SQL]` starts the embedded database, tells in one line of JSON
 * how it went and what the SQL gave, and holds the database until its input ends.
 */

const [dataDir = "", sql = "select 1 as answer"] = process.argv.slice(2);

try {
  const embedded = await startEmbedded(dataDir, { log: () => {} });
  const client = new pg.Client(embedded.connection);
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  console.log(JSON.stringify({ postmaster: embedded.pid, rows }));
  await text(process.stdin);
  await embedded.stop();
} catch (fault) {
  console.log(JSON.stringify({ refused: fault instanceof Error ? fault.message : String(fault) }));
}

/** Another process that has, or was refused, an embedded database. */
interface Holder {
  child: ChildProcess;
  told: { postmaster: number; rows: unknown[] } | { refused: string };
  /** Lets it stop the database and end. */
  letGo(): Promise<void>;
}

interface HolderOptions {
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
