import { setImmediate } from "node:timers/promises";

/** Work that can pause between its steps. */
export type Steps<Result> = Generator<undefined, Result>;

/** Does all steps at once. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** Does each step in a turn of the event loop of its own, so that others wait for one step at most. */
export async function inTurns<Result>(steps: Steps<Result>): Promise<Result> {
  let step = steps.next();
  while (!step.done) {
    await setImmediate();
    step = steps.next();
  }
  return step.value;
}
