import type { Context } from "./context.ts";

export type WaitOptions = { timeoutMs?: number };

/** How long a story waits by default, in milliseconds. */
const defaultTimeoutMs = 15_000;

/**
 * Runs `check` after each change in the simulator until it returns something, waits until the watched app
 * has settled, and resolves to what was found. After the timeout, throws an error with the message from `failure`.
 */
export async function eventually<T>(
  { ask, watched }: Pick<Context, "ask"> & Partial<Pick<Context, "watched">>,
  check: () => Promise<T | undefined>,
  { failure, timeoutMs = defaultTimeoutMs }: WaitOptions & { failure: () => Promise<string> | string },
): Promise<T> {
  const end = performance.now() + timeoutMs;
  let { version } = await ask("changes", { after: 0, waitMs: 0 });
  for (;;) {
    const found = await check();
    if (found !== undefined) {
      await watched?.app?.settled();
      return found;
    }
    const left = Math.floor(end - performance.now());
    if (left <= 0) throw new Error(`${await failure()} (waited ${timeoutMs} ms)`);
    ({ version } = await ask("changes", { after: version, waitMs: left }));
  }
}
