import { type NeedsAttention, needsAttention } from "../../slack/client/remedy.ts";

export type DestinationState = { kind: "ok" } | { kind: "disabled" } | NeedsAttention;

/** The state of a Slack Bot destination. A fault of the installation hides that of the channel. */
export function destinationState(destination: {
  enabled: boolean;
  installationFault: string | null;
  lineFault: string | null;
  channelName: string;
  botName: string | null;
}): DestinationState {
  const { enabled, installationFault, lineFault, channelName, botName } = destination;
  const fault = installationFault ?? lineFault;
  if (!enabled) return { kind: "disabled" };
  return fault ? needsAttention(fault, { channelName, botName }) : { kind: "ok" };
}
