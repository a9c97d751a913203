import type { KnownBlock } from "@slack/types";
import { z } from "zod";

const eventType = "tocsin_card";

/** What a card's message carries. Every app in the channel can read it, so it holds only the delivery's random id. */
export function writeCardMetadata(deliveryId: string) {
  return { event_type: eventType, event_payload: { delivery: deliveryId } };
}

/** Reads a message's metadata into the delivery whose card it is; anybody's app could have written it. */
export const cardMetadata = z
  .object({ event_type: z.literal(eventType), event_payload: z.object({ delivery: z.uuid() }) })
  .transform((metadata) => metadata.event_payload.delivery);

/** A message for Slack: blocks, and in `text` what notifications and screen readers get, escaped. */
export interface SlackMessage {
  text: string;
  blocks: KnownBlock[];
}
