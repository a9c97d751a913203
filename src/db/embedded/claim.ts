import { chmod, open, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** The owner of a DATA_DIR: this process until released, or another one. `pid` is null if it isn't known yet. */
export type Claim = { kind: "ours"; release(): Promise<void> } | { kind: "taken"; pid: number | null };

/** The file in DATA_DIR whose lock is the claim. Who deletes it lets a second owner in. */
export const claimFile = "claim.lock";
const pidFile = "claim.pid";

/** For those who only ask who the owner is, which takes a lock for a moment. */
const waitMs = 500;

/**
 * Makes this process the only owner of a DATA_DIR, or returns the owner. The lock is one of the operating system on a file
 * that only its owner may open, and ends with its process; SQLite takes it, since Node.js can't.
 */
export async function claim(dataDir: string): Promise<Claim> {
  const path = join(dataDir, claimFile);
  await (await open(path, "a", 0o600)).close();
  await chmod(path, 0o600);
  const lock = new DatabaseSync(path, { timeout: waitMs });
  // Nothing is ever written, and a journal beside the file would need space. Node.js refuses `off`.
  if (!tryLock(lock, "pragma journal_mode = memory; pragma locking_mode = exclusive; begin exclusive")) {
    lock.close();
    return { kind: "taken", pid: await readPid(dataDir) };
  }
  await writeFile(join(dataDir, pidFile), `${process.pid}\n`, { mode: 0o600 });
  const release = async () => {
    await rm(join(dataDir, pidFile), { force: true });
    lock.close();
  };
  return { kind: "ours", release };
}

/** The process that owns a DATA_DIR; null if none does. */
export async function ownerOf(dataDir: string): Promise<{ pid: number | null } | null> {
  const path = join(dataDir, claimFile);
  if ((await readFile(path).catch(absent)) === null) return null;
  const lock = new DatabaseSync(path, { readOnly: true });
  try {
    return tryLock(lock, "select 1 from sqlite_schema") ? null : { pid: await readPid(dataDir) };
  } finally {
    lock.close();
  }
}

/** SQLite's result code. */
const busy = 5;

/** False if another process has the lock. */
function tryLock(lock: DatabaseSync, statement: string): boolean {
  try {
    lock.exec(statement);
    return true;
  } catch (fault) {
    if (fault instanceof Error && "errcode" in fault && fault.errcode === busy) return false;
    throw fault;
  }
}

async function readPid(dataDir: string): Promise<number | null> {
  return Number(await readFile(join(dataDir, pidFile), "utf8").catch(absent)) || null;
}

function absent(fault: NodeJS.ErrnoException): null {
  if (fault.code === "ENOENT") return null;
  throw fault;
}
