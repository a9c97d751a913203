import { type ClaimedLine, claimLine, leaseSeconds } from "../queue/claim-line.ts";
import { claimUpdate } from "../queue/claim-update.ts";
import { messageIntervalSeconds, renewLeases } from "../queue/release-line.ts";
import type { Deps } from "./deps.ts";
import { postCard } from "./slack-bot/post-card.ts";
import { refreshCard } from "./slack-bot/refresh-card.ts";
import { sayNotice } from "./slack-bot/say-notice.ts";
import { tellThread } from "./slack-bot/thread/tell-thread.ts";

/** Works off what is due at Slack until it is stopped. */
export interface Worker {
  /** Something may have become due. */
  wake(): void;
  /** Takes no more work, and resolves when what is in flight has ended. */
  stop(): Promise<void>;
  /** Why nothing is worked on now; null when all is well. */
  trouble(): string | null;
}

const linesAtOnce = 32;
const updatesAtOnce = 8;
/** For what no event tells: gates that open, leases of dead workers that end. */
const pollMs = 400;

export function startWorker(deps: Deps): Worker {
  const held = new Set<string>();
  const lines = pump(
    linesAtOnce,
    async () => {
      const line = await claimLine(deps.db, deps.me);
      if (!line) return null;
      held.add(line.key);
      return async () => {
        await workOn(deps, line).finally(() => held.delete(line.key));
        // Its channel may speak again after this.
        setTimeout(lines.wake, messageIntervalSeconds * 1000).unref();
        updates.wake();
      };
    },
    deps,
  );
  const updates = pump(
    updatesAtOnce,
    async () => {
      const job = await claimUpdate(deps.db);
      return job && (() => refreshCard(deps, job));
    },
    deps,
  );
  const wake = () => {
    lines.wake();
    updates.wake();
  };
  const poll = setInterval(wake, pollMs);
  const renewal = setInterval(
    () => {
      if (held.size === 0) return;
      const lease = { keys: [...held], me: deps.me, seconds: leaseSeconds };
      renewLeases(deps.db.kysely, lease).catch((fault: unknown) =>
        deps.log({ fault: String(fault) }, "leases not renewed"),
      );
    },
    (leaseSeconds * 1000) / 3,
  );
  return {
    wake,
    trouble: () => lines.trouble() ?? updates.trouble(),
    async stop() {
      clearInterval(poll);
      await Promise.all([lines.stop(), updates.stop()]);
      clearInterval(renewal);
    },
  };
}

function workOn(deps: Deps, line: ClaimedLine): Promise<void> {
  const { job } = line;
  switch (job.kind) {
    case "post":
      return postCard(deps, line, job);
    case "say":
      return sayNotice(deps, line, job);
    case "tell":
      return tellThread(deps, line, job);
    default:
      return job satisfies never;
  }
}

type Job = () => Promise<void>;

/** Claims and runs jobs, `most` at a time, until there is none; then waits to be woken. */
function pump(most: number, claim: () => Promise<Job | null>, deps: Deps) {
  const running = new Set<Promise<void>>();
  let claiming: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let trouble: string | null = null;

  async function work(): Promise<void> {
    do {
      again = false;
      while (!stopped && running.size < most) {
        const job = await claim();
        trouble = null;
        if (!job) break;
        start(job);
      }
    } while (again && !stopped);
  }

  function start(job: Job): void {
    const run = job()
      .catch((fault: unknown) => complain("a delivery job failed", fault))
      .finally(() => {
        running.delete(run);
        wake();
      });
    running.add(run);
  }

  /** Its lease ends by itself, and the job is taken again. */
  function complain(what: string, fault: unknown): void {
    trouble = fault instanceof Error ? fault.message : String(fault);
    deps.log({ fault: trouble }, what);
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
    wake,
    trouble: () => trouble,
    async stop() {
      stopped = true;
      await claiming;
      await Promise.all(running);
    },
  };
}
