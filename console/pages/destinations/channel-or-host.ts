import type { DestinationBody } from "../../../src/deliver/contract.ts";

/** Where a destination is, as people name it: its channel, or the host of its address. */
export function placeOf(destination: DestinationBody): string {
  switch (destination.type) {
    case "slack-bot":
      return `#${destination.channel.name}`;
    case "custom-webhook":
      return new URL(destination.url).host;
    default:
      return destination satisfies never;
  }
}
