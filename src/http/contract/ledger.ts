import { z } from "zod";
import { deliveryStates } from "../../alert/destination.ts";
import { severities } from "../../alert/severity.ts";
import { statuses } from "../../alert/status.ts";
import { attemptBody, deliveryBody } from "../../outbox/contract.ts";
import { pageQuery, several } from "./list.ts";

/** A delivery in its destination's ledger. */
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

/** Without `state`: what is not over, and what failed. */
export const ledgerQuery = pageQuery.extend({
  state: several(z.enum(deliveryStates)).default(["waiting", "sending", "held", "failed", "not_delivered"]),
});

export const recentAttempt = attemptBody
  .extend({ alert: z.object({ id: z.string(), number: z.number().int(), title: z.string() }) })
  .meta({ id: "RecentAttempt" });
export type RecentAttempt = z.infer<typeof recentAttempt>;

export const resentAll = z.object({ resent: z.number().int() });
