import { leaseSeconds } from "./claim-line.ts";
import { renewLeases } from "./lines.ts";
import { boomerangs } from "../deliver/boomerang/boomerangs.ts";
import { customWebhook } from "../deliver/custom-webhook/custom-webhook.ts";
import type { Deps } from "./deps.ts";
import type { DestinationWork, Job } from "../deliver/destination-work.ts";
import { type Outcomes, openOutcomes } from "./retry-write.ts";
import { type Pump, pump } from "../deliver/pump.ts";
import { slackBot } from "../deliver/slack-bot/slack-bot.ts";

/** Works off what is due at the destinations until it is stopped. */
export interface Worker {
  /** Something may have become due; after "openings" only what announces alerts looks, and nothing is in its way. */
  wake(about?: "openings"): void;
  /** Takes no more work, and resolves when what is in flight has ended. */
  stop(): Promise<void>;
  /** Why nothing is worked on now; null when all is well. */
  trouble(): string | null;
}

/** For what no event tells: gates that open, leases of dead workers that end. */
const pollMs = 400;

/** The types of destinations. */
function workOf(deps: Deps): DestinationWork[] {
  return [slackBot(deps), customWebhook(deps), boomerangs(deps)];
}

export function startWorker(given: Omit<Deps, "write">): Worker {
  const outcomes = openOutcomes();
  const deps: Deps = { ...given, write: outcomes.write };
  const held = new Set<string>();
  const pumps = workOf(deps).flatMap((work) => pumpsOf(work, { held, outcomes, log: deps.log }));
  const wake: Worker["wake"] = (about) => {
    for (const one of pumps) if (about !== "openings" || one.announces) one.wake();
  };
  const poll = setInterval(() => wake(), pollMs);
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
    trouble: () => pumps.map((one) => one.trouble()).find((trouble) => trouble !== null) ?? null,
    async stop() {
      clearInterval(poll);
      await Promise.all(pumps.map((one) => one.stop()));
      clearInterval(renewal);
    },
  };
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
