import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { temporaryFolder } from "../test/temporary-folder.ts";

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Replaces the server: prints its process id, Node's flags and its arguments, and exits with 7 on SIGTERM. */
const server = `
  process.on("SIGTERM", () => { console.log("stopped"); process.exit(7); });
  console.log(JSON.stringify({ pid: process.pid, flags: process.execArgv, args: process.argv.slice(2) }));
  setInterval(() => {}, 1_000);
`;
/** A Node that can't run TypeScript, as an old one. */
const oldNode = [process.execPath, "--no-strip-types"];

let folder: string;
let launcher: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  launcher = join(folder, "cli/tocsin.js");
  await mkdir(join(folder, "cli"));
  await mkdir(join(folder, "node_modules/.bin"), { recursive: true });
  await copyFile(join(import.meta.dirname, "tocsin.js"), launcher);
  await writeFile(join(folder, "cli/main.ts"), server);
  await writeFile(join(folder, "package.json"), `{ "type": "module" }`);
  await symlink(process.execPath, join(folder, "node_modules/.bin/node"));
});

afterAll(() => rm(folder, { recursive: true }));

test("a Node that runs TypeScript runs the program itself", async () => {
  const child = start([process.execPath, launcher, "serve"]);
  expect(await firstLine(child)).toMatchObject({ pid: child.pid, args: ["serve"] });
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([7, null]);
});

test("a server runs with a capped young generation, other commands start only once", async () => {
  for (const [command, flags] of [
    ["serve", ["--max-semi-space-size=16", "--disable-warning=ExperimentalWarning"]],
    ["send", []],
  ] as const) {
    const child = start([process.execPath, launcher, command]);
    expect((await firstLine(child)).flags).toEqual(flags);
    child.kill("SIGKILL");
  }
});

test("an older Node hands over, forwards signals, and exits with the program's code", async () => {
  const child = start([...oldNode, launcher, "send", "a file"]);
  const { pid, args } = await firstLine(child);
  expect(args).toEqual(["send", "a file"]);
  expect(pid).not.toBe(child.pid);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([7, null]);
});

test("the program stops when its launcher is killed", async () => {
  const child = start([...oldNode, launcher, "serve"]);
  await firstLine(child);
  child.kill("SIGKILL");
  expect(await text(child.stdout)).toBe("stopped\n");
});

test("the program stops when the npx that started it is killed", async () => {
  const npx = start(["sh", "-c", `"$@" & wait`, "sh", process.execPath, launcher], { npm_command: "exec" });
  await firstLine(npx);
  npx.kill("SIGKILL");
  expect(await text(npx.stdout)).toBe("stopped\n");
});

test("an older Node says what to do when npm's Node is missing", async () => {
  await rm(join(folder, "node_modules/.bin/node"));
  const child = start([...oldNode, launcher, "serve"]);
  expect(await text(child.stderr)).toContain("Tocsin needs Node 22.18 or later, and this is v");
  expect(child.exitCode ?? (await once(child, "exit"))[0]).toBe(1);
});

function start([program = "", ...args]: string[], env: NodeJS.ProcessEnv = {}): Child {
  return spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env: { PATH: process.env.PATH, ...env } });
}

/** The first line that the program prints. */
async function firstLine(child: Child): Promise<{ pid: number; flags: string[]; args: string[] }> {
  const lines = createInterface(child.stdout);
  const [line] = await once(lines, "line");
  lines.close();
  return JSON.parse(line);
}
