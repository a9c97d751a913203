import { setTimeout as sleep } from "node:timers/promises";
import type { Deps } from "./deps.ts";
import { renewLeases } from "./lines.ts";
import { type Outcomes, openOutcomes } from "./retry-write.ts";

/** Works off what is due at the destinations until it is stopped. */
interface Worker {
  /** Something may have become due; after "openings" only what announces alerts looks, and nothing is in its way. */
  wake(about?: "openings"): void;
  /** Takes no more work, and resolves when what is in flight has ended. */
  stop(): Promise<void>;
  /** Resolves when the jobs that run now have ended. */
  settled(): Promise<void>;
  /** Resolves when nothing is due any more, gates that open within one message's interval included; says whether anything was. */
  idle(): Promise<boolean>;
  /** Why nothing is worked on now; null when all is well. */
  trouble(): string | null;
}

export function startWorker(
  given: Omit<Deps, "write">,
  kindsOfWork: readonly ((deps: Deps) => DestinationWork)[],
): Worker {
  const outcomes = openOutcomes();
  const deps: Deps = { ...given, write: outcomes.write };
  const held = new Set<string>();
  const pumps = kindsOfWork.flatMap((open) => pumpsOf(open(deps), { held, outcomes, log: deps.log }));
  const wake: Worker["wake"] = (about) => {
    for (const one of pumps) if (about !== "openings" || one.announces) one.wake();
  };
  const poll = setInterval(() => wake(), deps.pace.poll * 1000);
  const renewal = setInterval(
    () => {
      if (held.size === 0) return;
      const lease = { keys: [...held], me: deps.me, seconds: deps.pace.lineLease };
      renewLeases(deps.db.kysely, lease).catch((fault: unknown) =>
        deps.log({ fault: String(fault) }, "leases not renewed"),
      );
    },
    (deps.pace.lineLease * 1000) / 3,
  );
  return {
    wake,
    async settled() {
      await Promise.all(pumps.map((one) => one.settled()));
    },
    async idle() {
      const before = jobsOf(pumps);
      for (let jobs = -1; jobs !== jobsOf(pumps); await sleep(deps.pace.message * 1000)) {
        jobs = jobsOf(pumps);
        wake();
        await Promise.all(pumps.map((one) => one.quiet()));
      }
      return jobsOf(pumps) !== before;
    },
    trouble: () => pumps.map((one) => one.trouble()).find((trouble) => trouble !== null) ?? null,
    async stop() {
      clearInterval(poll);
      await Promise.all(pumps.map((one) => one.stop()));
      clearInterval(renewal);
    },
  };
}

function jobsOf(pumps: Pump[]): number {
  return pumps.reduce((sum, one) => sum + one.jobs(), 0);
}

/** What was done by a line may make other work of its type due, as an edit of the card that was just posted. */
interface Around {
  held: Set<string>;
  outcomes: Outcomes;
  log: Deps["log"];
}

function pumpsOf(work: DestinationWork, { held, outcomes, log }: Around): Pump[] {
  const wakeAll = () => {
    for (const { wake } of pumps) wake();
  };
  const started = ({ line }: Job) => {
    if (line !== null) held.add(line);
  };
  const ended = ({ line, restMs }: Job) => {
    if (line === null) return;
    held.delete(line);
    wakeAll();
    if (restMs > 0) setTimeout(wakeAll, restMs).unref();
  };
  const pumps: Pump[] = work.map((source) =>
    pump(source, { mayClaim: () => !outcomes.isBehind(), started, ended, log }),
  );
  return pumps;
}

/** Something that was due, and is ours now. */
export interface Job {
  run: () => Promise<void>;
  /** The line that it holds, whose lease is renewed meanwhile; null for what has a lease of its own. */
  line: string | null;
  /** For how long that line rests afterwards, before it may be used again. */
  restMs: number;
}

/** One kind of work at a type of destination: how what is due is claimed, and how much of it runs at once. */
export interface JobSource {
  most: number;
  /** An alert that was just opened may be work for it. What else there is can wait for a notification. */
  announces?: boolean;
  claim: () => Promise<Job | null>;
}

/** What a type of destination brings to the worker. Types never wait for each other. */
export type DestinationWork = JobSource[];

/** Runs what a source of jobs has. */
interface Pump {
  announces: boolean;
  /** Something may have become due. */
  wake(): void;
  stop(): Promise<void>;
  /** Resolves when the jobs that run now have ended. */
  settled(): Promise<void>;
  /** Resolves when no job runs and none is being claimed. */
  quiet(): Promise<void>;
  /** How many jobs it has begun. */
  jobs(): number;
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
function pump({ most, announces = false, claim }: JobSource, hooks: Hooks): Pump {
  const running = new Set<Promise<void>>();
  let claiming: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let trouble: string | null = null;
  let jobs = 0;

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
    jobs += 1;
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
    jobs: () => jobs,
    async settled() {
      await Promise.all(running);
    },
    async quiet() {
      while (claiming || running.size > 0) await Promise.all([claiming, ...running]);
    },
    async stop() {
      stopped = true;
      await claiming;
      await Promise.all(running);
    },
  };
}
