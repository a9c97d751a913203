#!/usr/bin/env node
// Plain JavaScript, for a Node too old to read TypeScript: it hands over to the Node that npm brought along.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";

const ownNode = fileURLToPath(new URL("../node_modules/.bin/node", import.meta.url));

if (process.env.npm_command || process.env.TOCSIN_HANDED_OVER) stopWithParent();
if (process.features.typescript) await run();
else if (existsSync(ownNode) && !process.env.TOCSIN_HANDED_OVER) handOver();
else {
  console.error("Tocsin needs Node 22.18 or later. On Linux x64, `npm ci` brings it along.");
  process.exitCode = 1;
}

/** What was read once is kept ready: a start takes a third of its time, and the compiler's memory isn't needed. */
async function run() {
  // Else the room for young objects doubles up to 128 MB in a storm of alerts, and stays (docs/decisions/0019-young-objects.md).
  setFlagsFromString("--semi-space-growth-factor=1");
  // Never in a folder for all, as the default is: who may write there could put code of their own into it.
  module.enableCompileCache?.(fileURLToPath(new URL("../node_modules/.cache/tocsin", import.meta.url)));
  await import("./main.ts");
  module.flushCompileCache?.();
}

function handOver() {
  const env = { ...process.env, TOCSIN_HANDED_OVER: "1" };
  const child = spawn(ownNode, process.argv.slice(1), { stdio: "inherit", env });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    // A terminal's Ctrl-C reaches the child by itself; forwarded too, it would count as pressed twice.
    const forward = signal === "SIGINT" && process.stdin.isTTY ? () => {} : () => child.kill(signal);
    process.on(signal, forward);
  }
  child.on("exit", (code, signal) => {
    if (!signal) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/** npm and npx die of SIGTERM without passing it on, which would leave the server behind. */
function stopWithParent() {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, "SIGTERM");
  }, 500).unref();
}
