#!/usr/bin/env node
// Plain JavaScript, so that a Node too old for TypeScript can hand over to the Node that npm installed.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { fileURLToPath } from "node:url";

// V8 takes this only from the command line. The reasons are in docs/decisions/0019-young-objects.md.
const youngObjects = "--max-semi-space-size=16";
// Node 22 warns of SQLite and of types that it strips; both are stable since.
const noWarnings = "--disable-warning=ExperimentalWarning";
const ownNode = fileURLToPath(new URL("../node_modules/.bin/node", import.meta.url));

if (process.env.npm_command || process.env.TOCSIN_HANDED_OVER) stopWithParent();
if (process.features.typescript) {
  if (isServer() && !process.execArgv.includes(youngObjects)) startAgain();
  await run();
} else if (existsSync(ownNode) && !process.env.TOCSIN_HANDED_OVER) handOver();
else {
  const remedy = "Install a later one; in a checkout on Linux x64, `npm ci` does.";
  console.error(`Tocsin needs Node 22.18 or later, and this is ${process.version}. ${remedy}`);
  process.exitCode = 1;
}

function isServer() {
  return ["serve", "demo"].includes(process.argv[2] ?? "");
}

/** Replaces this process by one with `youngObjects`; its id, standard streams and parent stay the same. */
function startAgain() {
  const args = [process.execPath, youngObjects, noWarnings, ...process.execArgv, ...process.argv.slice(1)];
  // Node 22.18 would give the new process an empty environment.
  process.execve?.(process.execPath, args, process.env);
}

/** A compile cache reduces the start to a third of its time, and saves the compiler's memory. */
async function run() {
  // Not in the default folder, which is shared: another user could put code there.
  module.enableCompileCache?.(fileURLToPath(new URL("../node_modules/.cache/tocsin", import.meta.url)));
  await import("./main.ts");
  module.flushCompileCache?.();
}

function handOver() {
  const env = { ...process.env, TOCSIN_HANDED_OVER: "1" };
  const child = spawn(ownNode, process.argv.slice(1), { stdio: "inherit", env });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    // A terminal sends Ctrl-C to the child too, so forwarding it would deliver it twice.
    const forward = signal === "SIGINT" && process.stdin.isTTY ? () => {} : () => child.kill(signal);
    process.on(signal, forward);
  }
  child.on("exit", (code, signal) => {
    if (!signal) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/** npm and npx end on SIGTERM without forwarding it, which would leave the server running. */
function stopWithParent() {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, "SIGTERM");
  }, 500).unref();
}
