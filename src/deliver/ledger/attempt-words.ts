import { remedy } from "../../slack/client/remedy.ts";
import type { Attempt } from "./keep-attempt.ts";

/** What came of an attempt, in a sentence for people. */
export function attemptWords({
  outcome,
  error,
}: {
  outcome: Attempt["outcome"];
  error: string | null;
}): string {
  const code = error ? ` (${error})` : "";
  switch (outcome) {
    case "sent":
      return "It arrived.";
    case "found":
      return "It had arrived: the answer to an earlier attempt was lost.";
    case "digested":
      return "It arrived in a digest: too many came at once for a card each.";
    case "retry":
      return `It didn't get through${code}. Tocsin tries again by itself.`;
    case "wait":
      return "Slack asked to wait, since more came than it takes. Nothing is wrong.";
    case "hold":
      return `${error ? remedy(error).means : "It was refused."} It is held until that is put right.`;
    case "simplify":
      return `Slack refused how it was written${code}. A plainer one follows.`;
    case "give-up":
      return `Given up${code}. Re-send it once the reason is gone.`;
    default:
      return outcome satisfies never;
  }
}
