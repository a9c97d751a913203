import type { DestinationType } from "../../alert/destination.ts";
import type { Attempt } from "../../outbox/deliveries.ts";
import { remedy } from "../../slack/client/remedy.ts";
import { webhookRemedy } from "../events/event-fault.ts";

interface Tried {
  destinationType: DestinationType;
  outcome: Attempt["outcome"];
  error: string | null;
  /** The channel; of a webhook its host. */
  channelId: string;
}

/** What came of an attempt, in a sentence for people. */
export function attemptWords(tried: Tried): string {
  const code = tried.error ? ` (${tried.error})` : "";
  const who = tried.destinationType === "slack-bot" ? "Slack" : tried.channelId;
  switch (tried.outcome) {
    case "sent":
      return "It arrived.";
    case "told":
      return "A change of the alert arrived.";
    case "found":
      return "It had arrived: the answer to an earlier attempt was lost.";
    case "digested":
      return "It arrived in a digest: too many came at once for a card each.";
    case "retry":
      return `It didn't get through${code}. Tocsin tries again by itself.`;
    case "wait":
      return `${who} asked to wait, since more came than it takes. Nothing is wrong.`;
    case "hold":
      return `${meaning(tried)} It is held until that is put right.`;
    case "simplify":
      return `${who} refused how it was written${code}. A plainer one follows.`;
    case "give-up":
      return `Given up${code}. Re-send it once the reason is gone.`;
    default:
      return tried.outcome satisfies never;
  }
}

function meaning({ destinationType, error, channelId }: Tried): string {
  if (!error) return "It was refused.";
  return destinationType === "slack-bot" ? remedy(error).means : webhookRemedy(error, channelId).means;
}
