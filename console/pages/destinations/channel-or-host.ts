import type { DestinationBody } from "../../../src/deliver/contract.ts";

/** What identifies a destination to people: its channel, or the host of its URL. */
export function channelOrHost(destination: DestinationBody): string {
  switch (destination.type) {
    case "slack-bot":
      return `#${destination.channel.name}`;
    case "custom-webhook":
      return new URL(destination.url).host;
    default:
      return destination satisfies never;
  }
}
