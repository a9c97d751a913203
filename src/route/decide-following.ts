import { isOpen, type Severity, type Status, severities } from "../alert/alert.ts";
import type { WhatFollows } from "../alert/automatic-boomerang.ts";
import type { Answer } from "../alert/boomerang.ts";

/** An automatic Boomerang that is over, and its alert as it is now. */
interface Over extends WhatFollows {
  state: "answered" | "expired" | "cancelled";
  answer: Answer | null;
  alert: {
    status: Status;
    severity: Severity;
    /** The name of the person who opened it again after the question; null if nobody did. */
    reopenedBy: string | null;
  };
}

type Following =
  | { kind: "nothing" }
  | { kind: "comment"; text: string }
  | { kind: "resolve" }
  /** `why` completes "The answer did not resolve the alert: …". */
  | { kind: "not-resolved"; why: string }
  | { kind: "raise"; to: Severity }
  | { kind: "send"; destination: string };

/** What follows an automatic Boomerang, besides mentions (docs/behaviour.md#automatic-boomerang). */
export function decideFollowing({ state, answer, alert, onYes, onNo }: Over): Following {
  if (state === "cancelled" || answer?.kind === "text") return { kind: "nothing" };
  if (answer?.kind === "yes") return afterYes(onYes, alert);
  if (!isOpen(alert.status) || onNo.do === "mention") return { kind: "nothing" };
  if (onNo.do === "send") return { kind: "send", destination: onNo.destination };
  const to = severities[severities.indexOf(alert.severity) + 1];
  return to ? { kind: "raise", to } : { kind: "nothing" };
}

function afterYes(onYes: WhatFollows["onYes"], { status, severity, reopenedBy }: Over["alert"]): Following {
  if (onYes.do === "nothing") return { kind: "nothing" };
  if (onYes.do === "comment") return { kind: "comment", text: onYes.text };
  if (!isOpen(status)) return { kind: "nothing" };
  if (severity === "CRITICAL")
    return { kind: "not-resolved", why: "it is Critical, so a person has to decide" };
  if (reopenedBy !== null) return { kind: "not-resolved", why: `${reopenedBy} has reopened it` };
  return { kind: "resolve" };
}
