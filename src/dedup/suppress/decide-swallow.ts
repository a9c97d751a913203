import { compareSeverity, type Severity } from "../../alert/severity.ts";

/** A suppression that runs, and its alert as it stands. */
export interface Running {
  email: string;
  /** Whom the alert names. */
  people: readonly string[];
  severity: Severity;
}

export type SwallowDecision =
  | { kind: "swallow" }
  | { kind: "news"; because: "critical" | "graver than the alert" | "somebody else" };

/**
 * Is a report of the same detection the repeat that a person has owned up to, or news? (spec section 7) Only what
 * names that person, and nobody whom the alert doesn't name, is theirs.
 */
export function decideSwallow(
  { email, people, severity }: Running,
  report: { severity: Severity; people: readonly string[] },
): SwallowDecision {
  if (report.severity === "CRITICAL" || severity === "CRITICAL") return news("critical");
  if (compareSeverity(report.severity, severity) > 0) return news("graver than the alert");
  const theirs = report.people.includes(email) && report.people.every((one) => people.includes(one));
  return theirs ? { kind: "swallow" } : news("somebody else");
}

function news(because: Extract<SwallowDecision, { kind: "news" }>["because"]): SwallowDecision {
  return { kind: "news", because };
}
