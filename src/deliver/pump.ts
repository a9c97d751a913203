import type { Job, JobSource } from "./destination-work.ts";

/** Runs what a source of jobs has. */
export interface Pump {
  announces: boolean;
  /** Something may have become due. */
  wake(): void;
  stop(): Promise<void>;
  trouble(): string | null;
}

interface Hooks {
  /** False while what is due is not known; asked again at the next waking. */
  mayClaim: () => boolean;
  /** Of each job, as it begins. */
  started: (job: Job) => void;
  /** Of each job, when it has ended or failed. */
  ended: (job: Job) => void;
  log: (facts: Record<string, unknown>, what: string) => void;
}

/** Claims and runs jobs, `most` at a time, until there is none; then waits to be woken. */
export function pump({ most, announces = false, claim }: JobSource, hooks: Hooks): Pump {
  const running = new Set<Promise<void>>();
  let claiming: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let trouble: string | null = null;

  async function work(): Promise<void> {
    do {
      again = false;
      while (!stopped && running.size < most && hooks.mayClaim()) {
        const job = await claim();
        trouble = null;
        if (!job) break;
        start(job);
      }
    } while (again && !stopped);
  }

  function start(job: Job): void {
    hooks.started(job);
    const run = job
      .run()
      .catch((fault: unknown) => complain("a delivery job failed", fault))
      .finally(() => {
        running.delete(run);
        hooks.ended(job);
        wake();
      });
    running.add(run);
  }

  /** Its lease ends by itself, and the job is taken again. */
  function complain(what: string, fault: unknown): void {
    trouble = fault instanceof Error ? fault.message : String(fault);
    hooks.log({ fault: trouble }, what);
  }

  function wake(): void {
    again = true;
    if (claiming || stopped) return;
    claiming = work()
      .catch((fault: unknown) => complain("no work could be claimed", fault))
      .finally(() => {
        claiming = null;
      });
  }

  return {
    announces,
    wake,
    trouble: () => trouble,
    async stop() {
      stopped = true;
      await claiming;
      await Promise.all(running);
    },
  };
}
