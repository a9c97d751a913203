import { claimWebhook } from "../../outbox/claim-event.ts";
import type { Deps } from "../../outbox/deps.ts";
import type { DestinationWork, Job } from "../../outbox/worker.ts";
import { sendChange, sendOpening } from "../events/send-event.ts";

/** Receivers that are slow or hang take one of these each, and nobody else's. */
const linesAtOnce = 16;

/** Custom Webhook: one event at a time for each destination, so that they arrive in order. */
export function customWebhook(deps: Deps): DestinationWork {
  return [{ maxConcurrent: linesAtOnce, announces: true, claim: () => nextEvent(deps) }];
}

async function nextEvent(deps: Deps): Promise<Job | null> {
  const line = await claimWebhook(deps);
  if (!line) return null;
  const { job } = line;
  const run = () => (job.kind === "opening" ? sendOpening(deps, line, job) : sendChange(deps, line, job));
  return { run, line: line.key, restMs: 0 };
}
