import type { KnownBlock } from "@slack/types";
import { z } from "zod";

const eventType = "tocsin_card";

/** The metadata of a card. Every app in the channel can read it, so it holds only the delivery's random id. */
export function writeCardMetadata(deliveryId: string) {
  return { event_type: eventType, event_payload: { delivery: deliveryId } };
}

/** Parses a message's metadata into the delivery's id. Any app can write such metadata. */
export const cardMetadata = z
  .object({ event_type: z.literal(eventType), event_payload: z.object({ delivery: z.uuid() }) })
  .transform((metadata) => metadata.event_payload.delivery);

/** A message for Slack. `text` is the escaped fallback for notifications and screen readers. */
export interface SlackMessage {
  text: string;
  blocks: KnownBlock[];
}
