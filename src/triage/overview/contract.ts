import { z } from "zod";
import { severities } from "../../alert/alert.ts";
import { personBody } from "../../alert/contract.ts";
import { time } from "../../api/time.ts";

/** Of alerts opened in this time, from `from` until before `to`; at most 400 days. The last 30 days by default. */
export const overviewQuery = z.object({ from: time.optional(), to: time.optional() });

const count = z.int();
const seconds = z.number().nullable();
const timestamp = z.iso.datetime();

const duration = {
  /** Alerts for which it happened. */
  count,
  /** Seconds within which it happened for half and for nine in ten of them; null without any. */
  p50: seconds,
  p90: seconds,
};

/** How long something took, from the opening of an alert. INFO alerts don't count. */
const durations = z.object({
  ...duration,
  /** Open alerts for which it hasn't happened yet. */
  waiting: count,
  /** By the time of opening; spans without alerts are left out. */
  over: z.array(z.object({ at: timestamp, ...duration })),
});
export type DurationsBody = z.infer<typeof durations>;

export const overviewBody = z
  .object({
    from: timestamp,
    to: timestamp,
    /** The length of the spans in `alerts` and `over`. */
    stepSeconds: count,
    /** Alerts opened, by severity; a span without alerts is left out. */
    alerts: z.array(z.object({ at: timestamp, severities: z.record(z.enum(severities), count) })),
    /** Until a person or an API token first did something. */
    firstAction: durations,
    /** Until the alert was closed, by whom or whatever. */
    resolution: durations,
    /** The ten with the most alerts. */
    detections: z.array(
      z.object({
        id: z.string(),
        name: z.string().nullable(),
        source: z.object({ id: z.string(), name: z.string() }),
        alerts: count,
        closed: count,
        falsePositives: count,
      }),
    ),
    /** What waits and what failed now, per destination. */
    deliveries: z.array(
      z.object({
        destination: z.object({ id: z.string(), name: z.string() }),
        waiting: count,
        failed: count,
        oldestWaitingSeconds: z.number(),
      }),
    ),
    /** Alerts that are open or triaged now; null is nobody. The twenty with the most. */
    assignees: z.array(z.object({ assignee: personBody.nullable(), open: count, triaged: count })),
  })
  .meta({ id: "Overview" });
export type OverviewBody = z.infer<typeof overviewBody>;
