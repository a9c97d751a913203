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

/** Stands for the server: it tells its arguments and its id, and ends with 7 when it is asked to. */
const server = `
  process.on("SIGTERM", () => { console.log("stopped"); process.exit(7); });
  console.log(JSON.stringify({ pid: process.pid, words: process.argv.slice(2) }));
  setInterval(() => {}, 1_000);
`;
/** Node as one that is too old for TypeScript. */
const old = [process.execPath, "--no-strip-types"];

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

test("a Node that reads TypeScript runs the program itself", async () => {
  const child = start([process.execPath, launcher, "serve"]);
  expect(await told(child)).toEqual({ pid: child.pid, words: ["serve"] });
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([7, null]);
});

test("an older one hands over, passes signals on, and ends as the program ended", async () => {
  const child = start([...old, launcher, "send", "a file"]);
  const { pid, words } = await told(child);
  expect(words).toEqual(["send", "a file"]);
  expect(pid).not.toBe(child.pid);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([7, null]);
});

test("a program whose launcher was killed stops", async () => {
  const child = start([...old, launcher, "serve"]);
  await told(child);
  child.kill("SIGKILL");
  expect(await text(child.stdout)).toBe("stopped\n");
});

test("under npx the program stops when npx has gone", async () => {
  const npx = start(["sh", "-c", `"$@" & wait`, "sh", process.execPath, launcher], { npm_command: "exec" });
  await told(npx);
  npx.kill("SIGKILL");
  expect(await text(npx.stdout)).toBe("stopped\n");
});

test("without npm's Node an older one says what to do", async () => {
  await rm(join(folder, "node_modules/.bin/node"));
  const child = start([...old, launcher, "serve"]);
  expect(await text(child.stderr)).toContain("`npm ci` brings it along");
  expect(child.exitCode ?? (await once(child, "exit"))[0]).toBe(1);
});

function start([program = "", ...args]: string[], env: NodeJS.ProcessEnv = {}): Child {
  return spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env: { PATH: process.env.PATH, ...env } });
}

/** The line that the program writes when it is up. */
async function told(child: Child): Promise<{ pid: number; words: string[] }> {
  const lines = createInterface(child.stdout);
  const [line] = await once(lines, "line");
  lines.close();
  return JSON.parse(line);
}
