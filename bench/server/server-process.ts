import type { ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { runChild } from "./run-child.ts";

/** A node of Tocsin in its own process, which can be killed and started again. */
export interface ServerProcess {
  start(): Promise<void>;
  /** Lets later starts run the source in another folder. */
  moveTo(root: string): void;
  /** Sends SIGKILL. Resolves when the process has ended. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** True if the process ended without being stopped or killed. */
  hasCrashed(): boolean;
  /** Sends SIGSTOP: the process hangs, as on a machine that swaps. `resume` sends SIGCONT. */
  pause(): void;
  resume(): void;
  /** Start and end of each pause so far, as Unix times in milliseconds. */
  pauses(): readonly [number, number][];
  /** The peak of its memory since it was started, in MB. */
  peakMemory(): Promise<number>;
  /** The last 4,000 characters of its standard error. */
  stderrTail(): string;
}

const startMs = 60_000;

export function serverProcess(
  firstRoot: string,
  { port, env }: { port: number; env: Record<string, string> },
): ServerProcess {
  let root = firstRoot;
  let child: ChildProcess | null = null;
  let stderr = "";
  const pauses: [number, number][] = [];

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null) return;
    const exited = new Promise((resolve) => ending.once("exit", resolve));
    ending.kill(signal);
    await exited;
  }

  return {
    async start() {
      child = runChild(process.execPath, ["cli/tocsin.js", "serve", "--host", "127.0.0.1"], {
        cwd: root,
        env: { PATH: process.env.PATH, PORT: String(port), ...env },
        stdio: ["ignore", "ignore", "pipe"],
      });
      child.stderr?.on("data", (data: Buffer) => {
        stderr = (stderr + data).slice(-4000);
      });
      await untilReady(`http://127.0.0.1:${port}/readyz`);
    },
    moveTo(next) {
      root = next;
    },
    kill: () => end("SIGKILL"),
    pause() {
      pauses.push([Date.now(), Number.POSITIVE_INFINITY]);
      child?.kill("SIGSTOP");
    },
    resume() {
      child?.kill("SIGCONT");
      const last = pauses.at(-1);
      if (last) last[1] = Date.now();
    },
    pauses: () => pauses,
    async peakMemory() {
      const status = await readFile(`/proc/${child?.pid}/status`, "utf8");
      return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
    },
    stop: () => end("SIGTERM"),
    hasCrashed: () => child !== null && (child.exitCode !== null || child.signalCode !== null),
    stderrTail: () => stderr,
  };
}

async function untilReady(url: string): Promise<void> {
  const deadline = performance.now() + startMs;
  while (performance.now() < deadline) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await sleep(25);
  }
  throw new Error(`There is no server at ${url} after ${startMs} ms.`);
}
