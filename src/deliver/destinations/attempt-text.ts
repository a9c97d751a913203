import type { Attempt } from "../../outbox/attempts.ts";
import { type DeliveryWithAttempts, showDelivery } from "../../outbox/contract.ts";
import type { Delivery, Attempt as ListedAttempt } from "../../outbox/list-deliveries.ts";
import { findType } from "../destination-types.ts";

/** A delivery as the API shows it, with its own ones of these attempts. */
export function showWithAttempts(delivery: Delivery, attempts: ListedAttempt[]): DeliveryWithAttempts {
  const own = attempts.filter((attempt) => attempt.deliveryId === delivery.id);
  return { ...showDelivery(delivery), tries: own.map(showAttempt) };
}

export function showAttempt({ deliveryId: _, destinationType, at, ...attempt }: ListedAttempt) {
  return { ...attempt, at: at.toISOString(), says: attemptText({ ...attempt, destinationType }) };
}

interface SettledAttempt {
  destinationType: string;
  outcome: Attempt["outcome"];
  error: string | null;
  /** The channel's ID, or the place of another destination. */
  channelId: string;
}

/** The outcome of an attempt as one or two sentences for people. */
export function attemptText(attempt: SettledAttempt): string {
  const code = attempt.error ? ` (${attempt.error})` : "";
  const who = attempt.destinationType === "slack-bot" ? "Slack" : attempt.channelId;
  switch (attempt.outcome) {
    case "sent":
      return "Delivered.";
    case "told":
      return "A change of the alert was delivered.";
    case "found":
      return "Delivered by an earlier attempt whose response was lost.";
    case "digested":
      return "Delivered in a digest, because too many alerts came at once.";
    case "retry":
      return `Not delivered${code}. Tocsin tries again by itself.`;
    case "wait":
      return `${who} limits how fast Tocsin may send. Tocsin waits and tries again.`;
    case "hold":
      return `${faultText(attempt)} The delivery is held until this is fixed.`;
    case "refuse":
      return `${who} refused this message${code}. Other messages go out; this one is held and tried again from time to time.`;
    case "simplify":
      return `${who} refused the message${code}. Tocsin sends a simpler one.`;
    case "give-up":
      return `Given up${code}. Re-send it once the cause is fixed.`;
    default:
      return attempt.outcome satisfies never;
  }
}

function faultText({ destinationType, error, channelId }: SettledAttempt): string {
  if (!error) return "The delivery was refused.";
  // A channel's ID says nothing to people.
  const place = destinationType === "slack-bot" ? null : channelId;
  return findType(destinationType)?.remedy(error, { place }).means ?? `The delivery was refused (${error}).`;
}
