import type { LineEnd } from "../outbox/lines.ts";
import type { NextAttempt } from "../outbox/next-attempt.ts";

/** How a line is left after an attempt that failed. */
export function lineEnd(next: NextAttempt): LineEnd {
  switch (next.kind) {
    case "retry":
      return { kind: "failing", seconds: next.lineSeconds };
    case "wait":
      return { kind: "limited", seconds: next.lineSeconds };
    case "hold":
      return { kind: "held", fault: next.fault, seconds: next.lineSeconds };
    case "simplify":
    case "give-up":
      return { kind: "used" };
    default:
      return next satisfies never;
  }
}
