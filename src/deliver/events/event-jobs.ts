import { claimEvent } from "../../outbox/claim-event.ts";
import { stormThreshold } from "../../outbox/claim-line.ts";
import type { Deps } from "../../outbox/deps.ts";
import type { DestinationWork, Job } from "../../outbox/worker.ts";
import type { EventWork } from "./event-work.ts";
import { sendDigest } from "./send-digest.ts";
import { sendChange, sendOpening } from "./send-event.ts";

/** A slow receiver occupies one of these at most. */
const linesAtOnce = 16;

/** The jobs of one type: one event at a time for each destination, so that events arrive in order. */
export function eventJobs(deps: Deps, work: EventWork): DestinationWork {
  return [{ maxConcurrent: linesAtOnce, announces: true, claim: () => nextEvent(deps, work) }];
}

async function nextEvent(deps: Deps, work: EventWork): Promise<Job | null> {
  const line = await claimEvent(deps, { type: work.type, digests: work.sendDigest !== null });
  if (!line) return null;
  const { job } = line;
  const run = () => {
    if (job.kind === "change") return sendChange(deps, work, { line, job });
    return job.gatherable > stormThreshold
      ? sendDigest(deps, work, { line, job })
      : sendOpening(deps, work, { line, job });
  };
  return { run, line, restMs: work.paced ? deps.pace.message * 1000 : 0 };
}
