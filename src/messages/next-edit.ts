import type { FaultFacts } from "../slack/client/slack-fault.ts";
import { drawSteps } from "./draw-step.ts";

/** What to do after a failed edit. */
export type NextEdit =
  /** `pauseSeconds`: Slack limits the workspace. */
  | { kind: "again"; seconds: number; pauseSeconds: number }
  | { kind: "simplify"; drawStep: number }
  /** It can't be edited any more; `deleted`: because somebody has deleted it. */
  | { kind: "gone"; deleted: boolean }
  /** Slack takes no drawing of what it has to show. */
  | { kind: "leave" };

const maxSeconds = 300;

/** Decides what follows a failed edit. `attempts` counts those that failed in a row before; `jitter` is between 0 and 1. */
export function nextEdit(
  fault: Pick<FaultFacts, "kind" | "code" | "retryAfterSeconds">,
  { attempts, drawStep }: { attempts: number; drawStep: number },
  jitter: number,
): NextEdit {
  switch (fault.kind) {
    case "rate":
      return { kind: "again", seconds: 0, pauseSeconds: fault.retryAfterSeconds ?? 1 };
    case "content":
      return drawStep < drawSteps.length - 1
        ? { kind: "simplify", drawStep: drawStep + 1 }
        : { kind: "leave" };
    case "gone":
      return { kind: "gone", deleted: fault.code === "message_not_found" };
    case "passing":
    case "setup":
    case "refused": {
      const seconds = Math.min(maxSeconds, 2 ** Math.min(attempts, 10)) * (0.5 + jitter / 2);
      return { kind: "again", seconds, pauseSeconds: 0 };
    }
    default:
      return fault.kind satisfies never;
  }
}
