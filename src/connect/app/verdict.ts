import type { Database } from "../../db/connect.ts";
import type { SlackAccess } from "../slack-access.ts";
import type { SecretName } from "./slack-app.ts";

/**
 * What is said of a value that somebody typed:
 * - `ok`: it works
 * - `confirm`: it works, and may not be what is meant
 * - `warning`: it can be saved, and works once something was done
 * - `wrong`: it doesn't work
 * - `unknown`: Slack couldn't be asked now
 */
export interface Verdict {
  state: "ok" | "confirm" | "warning" | "wrong" | "unknown";
  /** Slack's word or ours, for programs. */
  code: string;
  sentence: string;
  /** What to do about it; null where there is nothing to do. */
  remedy: string | null;
}

/** Only of what was typed something is said. */
export type Verdicts = Partial<Record<SecretName, Verdict>>;

export const fine = (sentence: string): Verdict => ({ state: "ok", code: "ok", sentence, remedy: null });

export const wrong = (code: string, sentence: string, remedy: string | null): Verdict => ({
  state: "wrong",
  code,
  sentence,
  remedy,
});

export const notAsked = (code: string): Verdict => ({
  state: "unknown",
  code,
  sentence: `Slack couldn't be asked now (${code}).`,
  remedy: "Go on: it is asked again when you save.",
});

/** From words that say first what is wrong, and then what to do. */
export function wrongAs(code: string, why: string): Verdict {
  const end = why.search(/[.?] /) + 1;
  return end > 0 ? wrong(code, why.slice(0, end), why.slice(end + 1)) : wrong(code, why, null);
}

/** What a look at typed values stands on. */
export interface CheckParts {
  db: Database;
  slack: SlackAccess;
}
