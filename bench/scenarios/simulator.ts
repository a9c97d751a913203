import { type ChildProcess, execFile } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { z } from "zod";
import { type Figure, median } from "../figure.ts";
import { repositoryRoot } from "../repository-root.ts";
import { freePort } from "../server/free-port.ts";
import { runChild } from "../server/run-child.ts";

const run = promisify(execFile);
const rounds = 7;
const perRound = { text: 20_000, card: 8_000 };
const goal = 2000;
/** In the long run: the messages and calls that the simulator keeps, and the posts that it gets. */
const kept = 10_000;
const long = 200_000;

/**
 * The simulator's fastest chat.postMessage without rate limits, over 16 connections, with server and client on a core
 * each. Then its memory over a long run in which it keeps a bounded history.
 */
export async function simulator(): Promise<Figure[]> {
  const slack = await start();
  try {
    await post(slack, { posts: 5000, kind: "card" });
    const rates: Record<"text" | "card", number[]> = { text: [], card: [] };
    for (let round = 0; round < rounds; round++)
      for (const kind of ["text", "card"] as const)
        rates[kind].push(await post(slack, { posts: perRound[kind], kind }));
    const before = await memory(slack);
    await post(slack, { posts: long, kind: "card" });
    const after = await memory(slack);
    return [
      posts("text messages posted per second on one core", rates.text),
      posts("cards posted per second on one core", rates.card),
      {
        name: `memory with ${kept} messages and calls kept, before the long run`,
        unit: "MB",
        values: [before],
      },
      { name: `memory after ${long} more cards`, unit: "MB", values: [after] },
    ];
  } finally {
    slack.child.kill("SIGTERM");
    await once(slack.child, "exit");
  }
}

const posts = (name: string, values: number[]): Figure => ({
  name,
  unit: "1/s",
  values,
  goal: `at least ${goal}`,
  met: median(values) >= goal,
});

type Slack = { child: ChildProcess; port: number };

async function start(): Promise<Slack> {
  const port = await freePort();
  const flags = ["--port", String(port), "--no-rate-limits"];
  const history = ["--kept-messages", String(kept), "--kept-calls", String(kept)];
  const command = ["-c", "0", process.execPath, "simulator/main.ts", ...flags, ...history];
  const child = runChild("taskset", command, { cwd: repositoryRoot, stdio: ["ignore", "pipe", "inherit"] });
  if (child.stdout) await once(child.stdout, "data");
  return { child, port };
}

const printed = z.object({ perSecond: z.number() });

/** Posts from another core. Returns the posts per second. */
async function post({ port }: Slack, { posts, kind }: { posts: number; kind: string }): Promise<number> {
  const options = ["--port", String(port), "--posts", String(posts), "--kind", kind];
  const command = ["-c", "1", process.execPath, "bench/simulator/post-many.ts", ...options];
  const { stdout } = await run("taskset", command, { cwd: repositoryRoot });
  return printed.parse(JSON.parse(stdout)).perSecond;
}

/** The process's memory in MB. `taskset` replaces itself with the simulator, so the child's id is right. */
async function memory({ child }: Slack): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}
