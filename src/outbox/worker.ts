import { setTimeout as sleep } from "node:timers/promises";
import { describeFault } from "../db/fault.ts";
import type { Deps } from "./deps.ts";
import { renewLeases } from "./lines.ts";
import { type OutcomeWriter, openOutcomeWriter } from "./retry-write.ts";

/** Runs due jobs until it is stopped. */
interface Worker {
  /** Looks for due jobs; "openings" looks only for alerts to announce. */
  wake(about?: "openings"): void;
  /** How many openings whose lines are claimed elsewhere can start now. */
  room(): number;
  /** Starts a job whose line is claimed already. */
  take(job: (deps: Deps) => Job): void;
  /** Claims no more jobs, and resolves when the running ones have ended. */
  stop(): Promise<void>;
  /** Resolves when the currently running jobs have ended. */
  settled(): Promise<void>;
  /**
   * Resolves when nothing is due, nor becomes due within one message interval. Returns whether any job ran.
   */
  idle(): Promise<boolean>;
  /** The error that stops work; null when all is well. */
  currentFault(): string | null;
}

export function startWorker(
  given: Omit<Deps, "write">,
  openers: readonly ((deps: Deps) => DestinationWork)[],
): Worker {
  const outcomeWriter = openOutcomeWriter();
  const deps: Deps = { ...given, write: outcomeWriter.write };
  const leases = new Set<string>();
  const pumps = openers.flatMap((open) => pumpsOf(open(deps), { leases, outcomeWriter, log: deps.log }));
  const wake: Worker["wake"] = (about) => {
    for (const one of pumps) if (about !== "openings" || one.announces) one.wake();
  };
  const poll = setInterval(() => wake(), deps.pace.poll * 1000);
  const renewal = setInterval(
    () => {
      if (leases.size === 0) return;
      renewLeases(deps.db.kysely, [...leases], deps.pace.lineLease).catch((fault: unknown) =>
        deps.log({ fault: String(fault) }, "leases could not be renewed"),
      );
    },
    (deps.pace.lineLease * 1000) / 3,
  );
  const taking = pumps.filter((one) => one.takes);
  return {
    wake,
    room: () => taking.reduce((sum, one) => sum + one.room(), 0),
    take: (job) => taking[0]?.start(job(deps)),
    async settled() {
      await Promise.all(pumps.map((one) => one.settled()));
    },
    async idle() {
      const before = countJobs(pumps);
      for (let jobs = -1; jobs !== countJobs(pumps); await sleep(deps.pace.message * 1000)) {
        jobs = countJobs(pumps);
        wake();
        await Promise.all(pumps.map((one) => one.quiet()));
      }
      return countJobs(pumps) !== before;
    },
    currentFault: () => pumps.map((one) => one.currentFault()).find((fault) => fault !== null) ?? null,
    async stop() {
      clearInterval(poll);
      await Promise.all(pumps.map((one) => one.stop()));
      clearInterval(renewal);
    },
  };
}

function countJobs(pumps: Pump[]): number {
  return pumps.reduce((sum, one) => sum + one.jobs(), 0);
}

interface PumpContext {
  /** The leases of lines whose jobs are running. */
  leases: Set<string>;
  outcomeWriter: OutcomeWriter;
  log: Deps["log"];
}

/** The pumps of one destination type. A finished job wakes all of them: a posted card may need an edit. */
function pumpsOf(work: DestinationWork, { leases, outcomeWriter, log }: PumpContext): Pump[] {
  const wakeAll = () => {
    for (const { wake } of pumps) wake();
  };
  const started = ({ line }: Job) => {
    if (line !== null) leases.add(line.lease);
  };
  const ended = ({ line, restMs }: Job) => {
    if (line === null) return;
    leases.delete(line.lease);
    wakeAll();
    if (restMs > 0) setTimeout(wakeAll, restMs).unref();
  };
  const pumps: Pump[] = work.map((source) =>
    pump(source, { canClaim: () => !outcomeWriter.isBehind(), started, ended, log }),
  );
  return pumps;
}

/** A claimed job. */
export interface Job {
  run: () => Promise<void>;
  /**
   * The line that the job holds, whose lease is renewed while it runs; null for jobs with their own lease.
   */
  line: { lease: string } | null;
  /** How long the line pauses after the job. */
  restMs: number;
}

/** One kind of jobs: how to claim one, and how many run at once. */
export interface JobSource {
  maxConcurrent: number;
  /** Newly opened alerts may be jobs for it; other jobs can wait for a notification. */
  announces?: boolean;
  /** Runs jobs whose lines were claimed with the opening of their alerts. */
  takes?: boolean;
  claim: () => Promise<Job | null>;
}

/** The kinds of jobs of a destination type. Types never wait for each other. */
export type DestinationWork = JobSource[];

/** Runs the jobs of a source. */
interface Pump {
  announces: boolean;
  takes: boolean;
  /** Looks for due jobs. */
  wake(): void;
  /** How many jobs can start. */
  room(): number;
  start(job: Job): void;
  stop(): Promise<void>;
  /** Resolves when the currently running jobs have ended. */
  settled(): Promise<void>;
  /** Resolves when no job is running or being claimed. */
  quiet(): Promise<void>;
  /** The number of jobs started so far. */
  jobs(): number;
  currentFault(): string | null;
}

interface Hooks {
  /** Whether the database is up to date about what is due. */
  canClaim: () => boolean;
  /** Called when a job begins. */
  started: (job: Job) => void;
  /** Called when a job has ended or failed. */
  ended: (job: Job) => void;
  log: (facts: Record<string, unknown>, what: string) => void;
}

/** Claims and runs jobs, `maxConcurrent` at a time, until none is due; then waits for `wake`. */
function pump({ maxConcurrent, announces = false, takes = false, claim }: JobSource, hooks: Hooks): Pump {
  const running = new Set<Promise<void>>();
  let claiming: Promise<void> | null = null;
  let wokenAgain = false;
  let stopped = false;
  let currentFault: string | null = null;
  let jobs = 0;

  async function work(): Promise<void> {
    do {
      wokenAgain = false;
      while (!stopped && running.size < maxConcurrent && hooks.canClaim()) {
        const job = await claim();
        currentFault = null;
        if (!job) break;
        start(job);
      }
    } while (wokenAgain && !stopped);
  }

  function start(job: Job): void {
    jobs += 1;
    hooks.started(job);
    const run = job
      .run()
      .catch((fault: unknown) => noteFault("a job failed", fault))
      .finally(() => {
        running.delete(run);
        hooks.ended(job);
        wake();
      });
    running.add(run);
  }

  /** Only logs: when the lease of a failed job ends, the job is claimed again. */
  function noteFault(what: string, fault: unknown): void {
    currentFault = describeFault(fault);
    hooks.log({ err: fault }, what);
  }

  function wake(): void {
    wokenAgain = true;
    if (claiming || stopped) return;
    claiming = work()
      .catch((fault: unknown) => noteFault("no job could be claimed", fault))
      .finally(() => {
        claiming = null;
      });
  }

  return {
    announces,
    takes,
    wake,
    room: () => (stopped || !hooks.canClaim() ? 0 : Math.max(0, maxConcurrent - running.size)),
    start,
    currentFault: () => currentFault,
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
