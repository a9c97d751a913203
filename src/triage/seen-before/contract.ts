import { z } from "zod";
import { severities, statuses } from "../../alert/alert.ts";
import { actorBody } from "../../alert/contract.ts";
import { entityKinds } from "./entities.ts";

const timestamp = z.iso.datetime();

export const seenBeforeBody = z
  .object({
    results: z.array(
      z.object({
        id: z.string(),
        number: z.int(),
        title: z.string(),
        severity: z.enum(severities),
        status: z.enum(statuses),
        createdAt: timestamp,
        /** What it has in common with the alert. */
        same: z.array(z.object({ kind: z.enum(["detection", ...entityKinds]), value: z.string() })),
        /** Who set its status last, when, and with which comment; null if nobody did. */
        ended: z.object({ at: timestamp, by: actorBody, comment: z.string().nullable() }).nullable(),
      }),
    ),
    /** Whether there are more than these: `GET /alerts?seenBefore=` lists them. */
    more: z.boolean(),
  })
  .meta({ id: "SeenBefore" });
export type SeenBeforeBody = z.infer<typeof seenBeforeBody>;
