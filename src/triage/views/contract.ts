import { z } from "zod";
import { personBody } from "../../alert/contract.ts";
import { alertQuery } from "../contract.ts";

/** How far back a view looks from now; the Console's filter has the same names. */
const within = z.enum(["1h", "24h", "7d", "30d", "90d"]);

/** Filters of the list as `GET /alerts` takes them; `within` counts back from now, instead of `createdAfter`. */
export const viewFilters = alertQuery
  .omit({ limit: true, cursor: true, digest: true, seenBefore: true, sort: true })
  .extend({ sort: alertQuery.shape.sort.unwrap().optional(), within: within.optional() })
  .strict();
export type ViewFilters = z.infer<typeof viewFilters>;

const name = z.string().trim().min(1, "must have a name").max(80, "at most 80 characters");

export const newView = z.strictObject({
  name,
  filters: viewFilters,
  /** Everybody who may view alerts sees a shared view. Needs Manage Alerts. */
  shared: z.boolean().default(false),
});
export type NewView = z.infer<typeof newView>;

export const viewChange = z
  .strictObject({ name: name.optional(), filters: viewFilters.optional(), shared: z.boolean().optional() })
  .refine((change) => Object.keys(change).length > 0, "must change at least one field");
export type ViewChange = z.infer<typeof viewChange>;

export const viewBody = z
  .object({
    id: z.string(),
    name: z.string(),
    filters: z.looseObject({}),
    shared: z.boolean(),
    /** Null for a view that an API token made. */
    owner: personBody.nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "View" });
export type ViewBody = z.infer<typeof viewBody>;

export const viewCountBody = z
  .object({
    /** At most 99; null if counting takes too long. */
    count: z.int().nullable(),
    more: z.boolean(),
  })
  .meta({ id: "ViewCount" });
export type ViewCountBody = z.infer<typeof viewCountBody>;
