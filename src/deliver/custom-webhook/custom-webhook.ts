import { claimWebhook } from "../../outbox/claim-event.ts";
import type { Deps } from "../../outbox/deps.ts";
import type { DestinationWork, Job } from "../../outbox/worker.ts";
import { sendChange, sendOpening } from "../events/send-event.ts";

/** A slow receiver occupies one of these at most. */
const linesAtOnce = 16;

/** The jobs of Custom Webhooks: one event at a time for each destination, so that events arrive in order. */
export function customWebhook(deps: Deps): DestinationWork {
  return [{ maxConcurrent: linesAtOnce, announces: true, claim: () => nextEvent(deps) }];
}

async function nextEvent(deps: Deps): Promise<Job | null> {
  const line = await claimWebhook(deps);
  if (!line) return null;
  const { job } = line;
  const run = () => (job.kind === "opening" ? sendOpening(deps, line, job) : sendChange(deps, line, job));
  return { run, line, restMs: 0 };
}
