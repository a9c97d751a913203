import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { applied, type Mutant } from "./find-mutants.ts";

const failureSchema = z.object({ test: z.string(), name: z.string(), why: z.string() });
const messageSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.enum(["ready", "alive"]) }),
  z.object({ kind: z.literal("done"), failure: failureSchema.nullable() }),
]);

/** The first test that failed. */
export type Failure = z.output<typeof failureSchema>;

/** Longer than any test may take: nothing but an endless loop is silent for so long. */
const silenceMs = 150_000;

/** A copy of this repository, in which one file at a time is changed and tested. */
export interface Workshop {
  /** Runs these test files until the first failure, with a mutant or with the sources as they are. */
  run(mutant: Mutant | null, tests: string[]): Promise<Failure | null>;
  close(): Promise<void>;
}

export async function openWorkshop(): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), "tocsin-mutants-"));
  await copyRepository(folder);
  let host: ChildProcess | null = null;
  let changed = "package.json";
  const end = async () => {
    if (host) await stop(host);
    host = null;
  };
  return {
    async run(mutant, tests) {
      if (mutant) changed = mutant.file;
      const text = await readFile(mutant?.file ?? changed, "utf8");
      await writeFile(join(folder, changed), mutant ? applied(text, mutant) : text);
      host ??= await start(folder);
      const outcome = await ask(host, { changed, tests });
      if (outcome === "silent") await end();
      await writeFile(join(folder, changed), text);
      return outcome === "silent" ? { test: "", name: "(no answer)", why: "an endless loop" } : outcome;
    },
    async close() {
      await end();
      await rm(folder, { recursive: true });
    },
  };
}

async function copyRepository(folder: string): Promise<void> {
  const listed = execFileSync("git", ["ls-files", "-coz", "--exclude-standard"], { encoding: "utf8" });
  const files = listed.split("\0").filter(Boolean);
  const built = (await stat("console/dist").catch(() => null)) ? ["console/dist"] : [];
  for (const file of [...files, ...built])
    if (await stat(file).catch(() => null)) await cp(file, join(folder, file), { recursive: true });
  await symlink(resolve("node_modules"), join(folder, "node_modules"));
}

async function start(folder: string): Promise<ChildProcess> {
  const host = fork(join(folder, "test/mutants/test-host.ts"), {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  await once(host, "message");
  return host;
}

/** Sends a request and waits for its outcome; "silent" if nothing comes for `silenceMs`, or if the host has died. */
function ask(
  host: ChildProcess,
  request: { changed: string; tests: string[] },
): Promise<Failure | null | "silent"> {
  return new Promise((resolve) => {
    const end = (outcome: Failure | null | "silent") => {
      clearTimeout(silence);
      host.off("message", onMessage).off("exit", onExit);
      resolve(outcome);
    };
    const onExit = () => end("silent");
    const onMessage = (sent: unknown) => {
      const message = messageSchema.parse(sent);
      silence.refresh();
      if (message.kind === "done") end(message.failure);
    };
    const silence = setTimeout(onExit, silenceMs);
    host.on("message", onMessage).on("exit", onExit);
    host.send(request);
  });
}

async function stop(host: ChildProcess): Promise<void> {
  if (host.exitCode !== null) return;
  const gone = once(host, "exit");
  host.send("stop");
  await Promise.race([gone, sleep(30_000)]);
  if (host.exitCode === null) host.kill("SIGKILL");
}
