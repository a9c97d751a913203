import { z } from "zod";

/** A part of the setup that is broken. Alerts for its destinations are held until it is repaired. */
export const setupFaultBody = z
  .object({
    /** What broke, such as "Alerts can't go out to #security". */
    title: z.string(),
    /** What it means and what to do. */
    remedy: z.string(),
    /** Slack's code, such as `not_in_channel`, or the webhook's. */
    fault: z.string(),
    /** Where to repair it: on the page of the Slack app, of the destinations, or of the audit log's receivers. */
    of: z.enum(["slack-app", "destinations", "audit-log/streaming"]),
    since: z.iso.datetime(),
    /** How many alerts wait because of it. */
    waiting: z.number().int(),
    destinations: z.array(z.object({ id: z.string(), displayName: z.string() })),
    /** The alert about it; null if there is none. */
    alert: z.object({ id: z.string(), number: z.number().int() }).nullable(),
  })
  .meta({ id: "SetupFault" });
export type SetupFaultBody = z.infer<typeof setupFaultBody>;

/** A peer of the last day that sends `X-Forwarded-For` without being in TRUSTED_PROXIES. */
export const untrustedProxyBody = z
  .object({
    address: z.string(),
    /** What it means and what to set. */
    advice: z.string(),
    firstSeenAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
  })
  .meta({ id: "UntrustedProxy" });
export type UntrustedProxyBody = z.infer<typeof untrustedProxyBody>;
