import { type FaultPlace, remedy } from "../../slack/client/remedy.ts";
import type { FaultFacts } from "../../slack/client/slack-fault.ts";
import type { AskJob } from "./claim-ask.ts";

export type AskNext =
  | { kind: "again"; seconds: number }
  /** They can't be asked, for this reason. */
  | { kind: "unreachable"; why: string }
  /** What stands can't be changed any more. */
  | { kind: "leave" };

const longestSeconds = 15 * 60;

/** What to do after a question could not be sent or redrawn. `jitter` is between 0 and 1. */
export function decideAskFault(
  { what, attempts }: Pick<AskJob, "what" | "attempts">,
  fault: Pick<FaultFacts, "kind" | "code" | "retryAfterSeconds">,
  jitter: number,
): AskNext {
  if (fault.kind === "rate") return { kind: "again", seconds: fault.retryAfterSeconds ?? 1 };
  if (fault.kind === "passing")
    return {
      kind: "again",
      seconds: Math.min(longestSeconds, 2 ** Math.min(attempts, 10)) * (0.5 + jitter / 2),
    };
  // The app as a whole is broken: that has its own alert, and passes when it is mended.
  if (appFaults.has(fault.code)) return { kind: "again", seconds: 60 };
  if (what !== "send") return { kind: "leave" };
  return { kind: "unreachable", why: whyOf(fault.code) };
}

const appFaults = new Set([
  "invalid_auth",
  "not_authed",
  "token_revoked",
  "token_expired",
  "account_inactive",
  "missing_scope",
]);

function whyOf(code: string, place: FaultPlace = {}): string {
  if (code === "user_disabled") return "their Slack account is deactivated";
  if (code === "user_not_found" || code === "user_not_visible") return "Slack shows nobody of this name here";
  const { means } = remedy(code, place);
  return `${means.charAt(0).toLowerCase()}${means.slice(1)}`.replace(/\.$/, "");
}
