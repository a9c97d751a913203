import type { Answer } from "./answer.ts";

export const apiTestName = "api.test";

/** Answers `api.test`, which takes no token: repeats the arguments, and with `error` refuses with that code. */
export function apiTest({ token: _, ...given }: Record<string, unknown>): Answer {
  const args = Object.keys(given).length > 0 ? { args: given } : {};
  return typeof given.error === "string" && given.error !== ""
    ? { ok: false, error: given.error, ...args }
    : { ok: true, ...args };
}
