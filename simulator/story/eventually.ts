import type { Context } from "./context.ts";

export type Patience = { timeoutMs?: number };

/** How long a story waits for what it expects, unless it says otherwise. */
const standard = 15_000;

/**
 * Looks again after each change in the simulator until `look` finds something, waits until the followed app has
 * written down what led there, and returns what was found. Throws what `complain` says once the time is over.
 */
export async function eventually<T>(
  { ask, followed }: Pick<Context, "ask"> & Partial<Pick<Context, "followed">>,
  look: () => Promise<T | undefined>,
  { complain, timeoutMs = standard }: Patience & { complain: () => Promise<string> | string },
): Promise<T> {
  const end = performance.now() + timeoutMs;
  let { version } = await ask("changes", { after: 0, waitMs: 0 });
  for (;;) {
    const found = await look();
    if (found !== undefined) {
      await followed?.app?.settled();
      return found;
    }
    const left = Math.floor(end - performance.now());
    if (left <= 0) throw new Error(`${await complain()} (waited ${timeoutMs} ms)`);
    ({ version } = await ask("changes", { after: version, waitMs: left }));
  }
}
