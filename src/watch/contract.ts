import { z } from "zod";

/** Something of the set-up that is broken now: alerts for what it breaks are held until it is put right. */
export const setupFaultBody = z
  .object({
    /** What broke in one line, as "Alerts can't go out to #security". */
    title: z.string(),
    /** What it means and what to do, in words. */
    remedy: z.string(),
    /** Slack's own code, as `not_in_channel`, or the webhook's. */
    fault: z.string(),
    /** What has to be put right: the app, or one destination's place. */
    of: z.enum(["slack-app", "destinations"]),
    since: z.iso.datetime(),
    /** How many alerts wait because of it. */
    waiting: z.number().int(),
    destinations: z.array(z.object({ id: z.string(), displayName: z.string() })),
    /** The alert about it; null while nobody had to be alerted. */
    alert: z.object({ id: z.string(), number: z.number().int() }).nullable(),
  })
  .meta({ id: "SetupFault" });
export type SetupFaultBody = z.infer<typeof setupFaultBody>;
