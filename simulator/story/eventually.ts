import type { Ask } from "./context.ts";

export type WaitOptions = { timeoutMs?: number };

/** How long a story waits by default, in milliseconds. */
const defaultTimeoutMs = 15_000;

/**
 * Runs `check` after each change in the simulator until it returns something, and resolves to that. After the
 * timeout, throws an error with the message from `failure`.
 */
export async function eventually<T>(
  ask: Ask,
  check: () => Promise<T | undefined>,
  { failure, timeoutMs = defaultTimeoutMs }: WaitOptions & { failure: () => Promise<string> | string },
): Promise<T> {
  const end = performance.now() + timeoutMs;
  let { version } = await ask("changes", { after: 0, waitMs: 0 });
  for (;;) {
    const found = await check();
    if (found !== undefined) return found;
    const left = Math.floor(end - performance.now());
    if (left <= 0) throw new Error(`${await failure()} (waited ${timeoutMs} ms)`);
    ({ version } = await ask("changes", { after: version, waitMs: left }));
  }
}
