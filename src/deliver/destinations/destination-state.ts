import { type NeedsAttention, needsAttention } from "../../slack/client/remedy.ts";

export type DestinationState = { kind: "ok" } | { kind: "disabled" } | NeedsAttention;

/** How a destination stands. What is wrong with the whole app goes before what is wrong with its channel. */
export function destinationState(destination: {
  enabled: boolean;
  installationFault: string | null;
  lineFault: string | null;
  channelName: string;
}): DestinationState {
  const { enabled, installationFault, lineFault, channelName } = destination;
  const fault = installationFault ?? lineFault;
  if (!enabled) return { kind: "disabled" };
  return fault ? needsAttention(fault, { channelName }) : { kind: "ok" };
}
