import { z } from "zod";
import { alertTypes } from "../../alert/alert-type.ts";
import { severities } from "../../alert/severity.ts";
import { several } from "./list.ts";

/** What a destination would take. Nothing that is left out is taken, but for log types: none are all. */
export const overlapQuery = z.strictObject({
  severities: several(z.enum(severities)).default([]),
  alertTypes: several(z.enum(alertTypes)).default([]),
  logTypes: several(z.string().max(1000)).default([]),
  /** The destination that is changed. */
  except: z.uuid().optional(),
  /** The name or id of its channel. */
  channel: z.string().trim().max(500).optional(),
});

export const overlapBody = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      displayName: z.string(),
      /** Alerts of the last 7 days that would have gone to both. */
      alerts: z.number().int(),
    }),
  ),
});
export type OverlapBody = z.infer<typeof overlapBody>;
