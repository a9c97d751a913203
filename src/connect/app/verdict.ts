import type { Database } from "../../db/connect.ts";
import { explainFailure } from "../../reach/explain-failure.ts";
import { explainStatus } from "../../slack/client/remedy.ts";
import type { SlackAccess } from "../slack-access.ts";
import type { SecretName } from "./slack-app.ts";

/**
 * The result of checking a typed value:
 * - `ok`: it works
 * - `confirm`: it works, but the person has to confirm it
 * - `warning`: it can be saved, and works after the remedy
 * - `wrong`: it doesn't work
 * - `unknown`: Slack can't be reached
 */
export interface Verdict {
  state: "ok" | "confirm" | "warning" | "wrong" | "unknown";
  /** Slack's code or Tocsin's, for programs. */
  code: string;
  sentence: string;
  /** What to do; null if there is nothing to do. */
  remedy: string | null;
}

/** Verdicts on the typed values only. */
export type Verdicts = Partial<Record<SecretName, Verdict>>;

export const okVerdict = (sentence: string): Verdict => ({ state: "ok", code: "ok", sentence, remedy: null });

export const wrongVerdict = (code: string, sentence: string, remedy: string | null): Verdict => ({
  state: "wrong",
  code,
  sentence,
  remedy,
});

/** Slack gave no answer; the sentence says why, if the code of the failure does. */
export function unknownVerdict(code: string): Verdict {
  const why = explainFailure(code, "slack.com") ?? explainStatus(code);
  const goOn = "You can continue: the value is checked again when you save.";
  return {
    state: "unknown",
    code,
    sentence: why?.means ?? `Slack can't be reached at the moment (${code}).`,
    remedy: why ? `${why.todo} ${goOn}` : goOn,
  };
}

/** A verdict from a text whose first sentence says what is wrong and whose rest is the remedy. */
export function wrongVerdictFrom(code: string, why: string): Verdict {
  const end = why.search(/[.?] /) + 1;
  return end > 0 ? wrongVerdict(code, why.slice(0, end), why.slice(end + 1)) : wrongVerdict(code, why, null);
}

/** The dependencies of a check. */
export interface CheckParts {
  db: Database;
  slack: SlackAccess;
}
