import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

/** A Tocsin in a process of its own, that can be killed and started again. */
export interface ServerProcess {
  start(): Promise<void>;
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** False once it ended although nobody had asked it to. */
  isWell(): boolean;
  /** SIGSTOP and SIGCONT: it hangs, as on a machine that swaps. */
  pause(): void;
  resume(): void;
  /** From when to when it hung so far, in milliseconds of the clock. */
  pauses(): readonly [number, number][];
  /** The memory it holds, in MB; the peak since it was started. */
  peakMemory(): Promise<number>;
  /** What it has printed to standard error, its last 4,000 characters. */
  lastWords(): string;
}

const startMs = 60_000;

export function serverProcess(
  root: string,
  { port, env }: { port: number; env: Record<string, string> },
): ServerProcess {
  let child: ChildProcess | null = null;
  let words = "";
  const pauses: [number, number][] = [];

  async function end(signal: NodeJS.Signals): Promise<void> {
    const dying = child;
    child = null;
    if (!dying || dying.exitCode !== null) return;
    const gone = new Promise((resolve) => dying.once("exit", resolve));
    dying.kill(signal);
    await gone;
  }

  return {
    async start() {
      child = spawn(process.execPath, ["cli/tocsin.js", "serve", "--host", "127.0.0.1"], {
        cwd: root,
        env: { PATH: process.env.PATH, PORT: String(port), ...env },
        stdio: ["ignore", "ignore", "pipe"],
      });
      child.stderr?.on("data", (data: Buffer) => {
        words = (words + data).slice(-4000);
      });
      await untilReady(`http://127.0.0.1:${port}/readyz`);
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
    isWell: () => child === null || (child.exitCode === null && child.signalCode === null),
    lastWords: () => words,
  };
}

async function untilReady(url: string): Promise<void> {
  const deadline = performance.now() + startMs;
  while (performance.now() < deadline) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await sleep(25);
  }
  throw new Error(`no server at ${url} after ${startMs} ms`);
}
