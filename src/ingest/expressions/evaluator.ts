import { type ChildProcess, fork } from "node:child_process";
import type { Answer, Death, Job, Message } from "./evaluation.ts";

/** How a job ended: the thread did all of it, or was ended. */
export type End = "done" | Death;

/** Does one job at a time in a process of its own. */
export interface Evaluator {
  run(job: Job, onAnswer: (answer: Answer) => void): Promise<End>;
  close(): void;
}

/** The process can't be started, as when the machine has no memory for it. */
export class NoEvaluator extends Error {
  override readonly name = "NoEvaluator";
}

const program = new URL("./evaluator-process.ts", import.meta.url);
/** The process ends its thread much earlier; this is for one that was stopped or starved. */
const silentMs = 20_000;

/** Starts a process with the first job, and another one after its end. */
export function openEvaluator(file = program): Evaluator {
  let child: Promise<ChildProcess> | null = null;
  return {
    async run(job, onAnswer) {
      child ??= start(file);
      const running = await child.catch((fault: unknown) => {
        child = null;
        throw fault;
      });
      const { end, isGone } = await converse(running, job, onAnswer);
      if (isGone) child = null;
      return end;
    },
    close() {
      void child?.then((running) => running.kill("SIGKILL"));
      child = null;
    },
  };
}

/** Resolves when its thread is ready. The environment is empty: expressions have no use for it. */
function start(file: URL): Promise<ChildProcess> {
  const child = fork(file, {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    env: {},
    execArgv: [],
    serialization: "advanced",
  });
  return new Promise((resolve, reject) => {
    const failed = (cause?: unknown) => reject(new NoEvaluator("expressions can't be evaluated", { cause }));
    child.once("message", () => resolve(child));
    child.once("error", failed);
    child.once("exit", () => failed());
  });
}

async function converse(
  child: ChildProcess,
  job: Job,
  onAnswer: (answer: Answer) => void,
): Promise<{ end: End; isGone: boolean }> {
  const { promise, resolve } = Promise.withResolvers<{ end: End; isGone: boolean }>();
  const kill = () => child.kill("SIGKILL");
  let timer = setTimeout(kill, silentMs);
  let death: Death | null = null;
  const listen = (message: Message) => {
    clearTimeout(timer);
    timer = setTimeout(kill, silentMs);
    if (message.kind === "died") death = message.of;
    else if (message.kind === "ready") resolve({ end: death ?? "time", isGone: false });
    else {
      onAnswer(message);
      if (isLast(message)) resolve({ end: "done", isGone: false });
    }
  };
  const gone = () => resolve({ end: death ?? "memory", isGone: true });
  child.on("message", listen).on("exit", gone);
  if (child.connected) child.send(job);
  else gone();
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    child.off("message", listen).off("exit", gone);
  }
}

function isLast({ kind }: Answer): boolean {
  return kind === "bad" || kind === "done" || kind === "no-reports";
}
