import type { DeliveryState } from "../../../alert/destination.ts";

/** A delivery that somebody wants sent again. */
export interface Resendable {
  state: DeliveryState;
  /** Its card in Slack: kept up to date there, no longer, or never posted; webhooks are told, and have none. */
  card: "stands" | "gone" | "none" | "told";
}

export type ResendDecision =
  | {
      kind: "post";
      why:
        | "never sent there"
        | "it was over"
        | "it stood in a digest only"
        | "its card is gone"
        | "a webhook can be told again";
    }
  /** It waits by itself; its next try is now. */
  | { kind: "hurry"; why: "it waits already" }
  | { kind: "redraw"; why: "its card stands" }
  | { kind: "leave"; why: "it is being sent" };

/** What sending again means for a delivery as it is; `null` where there is none yet. */
export function decideResend(delivery: Resendable | null): ResendDecision {
  if (!delivery) return { kind: "post", why: "never sent there" };
  switch (delivery.state) {
    case "waiting":
    case "held":
      return { kind: "hurry", why: "it waits already" };
    case "sending":
      return { kind: "leave", why: "it is being sent" };
    case "failed":
    case "not_delivered":
      return { kind: "post", why: "it was over" };
    case "digested":
      return { kind: "post", why: "it stood in a digest only" };
    case "sent":
      if (delivery.card === "told") return { kind: "post", why: "a webhook can be told again" };
      return delivery.card === "gone"
        ? { kind: "post", why: "its card is gone" }
        : { kind: "redraw", why: "its card stands" };
    default:
      return delivery.state satisfies never;
  }
}
