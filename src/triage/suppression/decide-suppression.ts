import type { Answer } from "../../alert/boomerang.ts";
import type { Severity } from "../../alert/severity.ts";

interface Confirmed {
  /** Somebody who was asked. */
  ask: { kind: "person" | "channel"; name: string; email: string | null; answer: Answer | null };
  alert: { severity: Severity; people: readonly string[] };
  /** Repeats for them are suppressed already. */
  running: boolean;
}

export type SuppressionDecision = { kind: "suppress"; email: string } | { kind: "refuse"; why: string };

/** May repeats be suppressed after this answer? (spec section 7) A refusal says what would be needed. */
export function decideSuppression({ ask, alert, running }: Confirmed): SuppressionDecision {
  const email = ask.email?.toLowerCase();
  if (ask.kind === "channel")
    return refuse(
      "A channel answered, so it isn't known whose repeats to suppress. Ask the person themselves.",
    );
  if (ask.answer?.kind !== "yes")
    return refuse(`${ask.name} has not answered Yes. Only then can repeats be suppressed.`);
  if (alert.severity === "CRITICAL")
    return refuse("The alert is CRITICAL. Repeats of these are never suppressed.");
  if (!email || !alert.people.includes(email))
    return refuse(`The alert doesn't name ${ask.name} by e-mail, so repeats for them can't be told apart.`);
  if (running) return refuse(`Repeats for ${ask.name} are suppressed already.`);
  return { kind: "suppress", email };
}

function refuse(why: string): SuppressionDecision {
  return { kind: "refuse", why };
}
