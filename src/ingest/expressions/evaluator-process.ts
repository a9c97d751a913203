import { writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { Worker } from "node:worker_threads";
import type { Death, Job, Message } from "./evaluation.ts";

/**
 * The process in which expressions run, in a thread with limits: 32 MB, and 50 ms of the processor's time for each
 * report. It is a process of its own because V8 ends the whole process when one text or list exceeds the memory of a
 * thread (docs/decisions/0037-expressions.md).
 */
const resourceLimits = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4, stackSizeMb: 4 };
const budgetMs = { report: 50, body: 2000 };
/** A body of 10 MiB may take half a second more to be loaded; V8 needs about a fifth of that. */
const loadedPerMs = 20_000;
/** For a machine on which nothing proceeds. */
const mostMs = 5000;

const thread = new URL("./evaluator-thread.ts", import.meta.url);
let jobBegan = process.cpuUsage();
let timer: NodeJS.Timeout | undefined;
/** Why this process ended the thread; V8 ends it for its memory. */
let death: Death = "memory";

process.on("message", (job: Job) => {
  jobBegan = process.cpuUsage();
  worker.postMessage(job);
  watch(budgetMs.report + (job.body.length + (job.reports?.length ?? 0)) / loadedPerMs);
});
process.on("disconnect", () => process.exit());
// A terminal sends Ctrl-C to all processes. This one ends with the one that started it.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});
stepBack();
let worker = startThread();

/** Gives way to Tocsin itself: in processor time, and when the machine runs out of memory. */
function stepBack(): void {
  try {
    setPriority(5);
    writeFileSync("/proc/self/oom_score_adj", "1000");
  } catch {
    // Only a precaution, which not every system has.
  }
}

function startThread(): Worker {
  const started = new Worker(thread, { resourceLimits, env: {}, execArgv: [] });
  let isReady = false;
  started.on("message", (message: Message) => {
    isReady = true;
    clearTimeout(timer);
    if (message.kind === "loaded" || message.kind === "counted" || message.kind === "picked") watch();
    process.send?.(message);
  });
  // Without a listener a fault would end this process, which only has to start another thread.
  started.on("error", () => {});
  started.on("exit", () => {
    clearTimeout(timer);
    if (!isReady) process.exit(1);
    process.send?.({ kind: "died", of: death });
    death = "memory";
    worker = startThread();
  });
  return started;
}

/** Ends the thread after its share of the processor's time, unless it says something. A busy machine doesn't count. */
function watch(allowedMs = budgetMs.report): void {
  const before = process.cpuUsage();
  const began = performance.now();
  const look = () => {
    const left = { report: allowedMs - usedSince(before), body: budgetMs.body - usedSince(jobBegan) };
    if (left.report > 0 && left.body > 0 && performance.now() - began < mostMs) {
      timer = setTimeout(look, Math.max(5, left.report));
      return;
    }
    death = left.body > 0 ? "time" : "budget";
    void worker.terminate();
  };
  timer = setTimeout(look, allowedMs);
}

/** In milliseconds. */
function usedSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
