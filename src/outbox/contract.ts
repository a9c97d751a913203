import { z } from "zod";
import { severities, statuses } from "../alert/alert.ts";
import { deliveryStates } from "../alert/destination.ts";
import { listParam, pageQuery } from "../api/page.ts";
import type { Delivery } from "./list-deliveries.ts";

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

/** One attempt of a delivery. */
const attemptBody = z
  .object({
    at: z.iso.datetime(),
    outcome: z.string(),
    /** The outcome as a sentence for people. */
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

export function showDelivery({ alertId: _, lastAttemptAt, ...delivery }: Delivery): DeliveryBody {
  return { ...delivery, lastAttemptAt: lastAttemptAt?.toISOString() ?? null };
}

/** A delivery in the list of its destination. */
export const ledgerEntry = deliveryBody
  .extend({
    alert: z.object({
      id: z.string(),
      number: z.number().int(),
      title: z.string(),
      severity: z.enum(severities),
      status: z.enum(statuses),
    }),
    waitingSince: z.iso.datetime(),
  })
  .meta({ id: "LedgerEntry" });
export type LedgerEntry = z.infer<typeof ledgerEntry>;

/** By default the deliveries that are unfinished or failed. */
export const ledgerQuery = pageQuery.extend({
  state: listParam(z.enum(deliveryStates)).default(["waiting", "sending", "held", "failed", "not_delivered"]),
});

export const recentAttempt = attemptBody
  .extend({ alert: z.object({ id: z.string(), number: z.number().int(), title: z.string() }) })
  .meta({ id: "RecentAttempt" });
export type RecentAttempt = z.infer<typeof recentAttempt>;

export const resentAll = z.object({ resent: z.number().int() });
