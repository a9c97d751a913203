import { webhookRemedy } from "../../deliver/events/event-fault.ts";
import type { DestinationState } from "../../deliver/destinations/destination-state.ts";

/** How a Custom Webhook stands. */
export function webhookState(webhook: {
  enabled: boolean;
  lineFault: string | null;
  url: string;
}): DestinationState {
  const { enabled, lineFault, url } = webhook;
  if (!enabled) return { kind: "disabled" };
  if (!lineFault) return { kind: "ok" };
  const { means, todo } = webhookRemedy(lineFault, new URL(url).host);
  return { kind: "needs_attention", fault: lineFault, remedy: `${means} ${todo}` };
}
