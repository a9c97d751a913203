import { z } from "zod";
import { deliveryStates } from "../alert/destination.ts";

/** One alert at one destination. */
export const deliveryBody = z
  .object({
    id: z.string(),
    destinationId: z.string(),
    destinationName: z.string(),
    state: z.enum(deliveryStates),
    attempts: z.number().int(),
    lastAttemptAt: z.iso.datetime().nullable(),
    error: z.string().nullable(),
    permalink: z.string().nullable(),
  })
  .meta({ id: "Delivery" });
export type DeliveryBody = z.infer<typeof deliveryBody>;

/** One try of a delivery. */
export const attemptBody = z
  .object({
    at: z.iso.datetime(),
    outcome: z.string(),
    /** What came of it, in a sentence for people. */
    says: z.string(),
    error: z.string().nullable(),
    channelId: z.string(),
    permalink: z.string().nullable(),
  })
  .meta({ id: "Attempt" });

export const deliveryWithAttempts = deliveryBody
  .extend({ tries: z.array(attemptBody) })
  .meta({ id: "DeliveryWithAttempts" });
export type DeliveryWithAttempts = z.infer<typeof deliveryWithAttempts>;

export const resend = z.strictObject({ destinationId: z.uuid() });
