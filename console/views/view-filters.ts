import type { ViewBody, ViewFilters } from "../../src/triage/views/contract.ts";
import { type Filters, readFilters } from "../pages/alerts/filters/filters.ts";

/** The filters of the list as a view keeps them; null for filters that only make sense now. */
export function toView({ digest, seenBefore, after, before, ...rest }: Filters): ViewFilters | null {
  if (digest || seenBefore) return null;
  return {
    ...rest,
    ...(after && { createdAfter: after }),
    ...(before && { createdBefore: before }),
  };
}

/** The filters of a view as the list takes them. */
export function fromView({ filters }: Pick<ViewBody, "filters">): Filters {
  const { createdAfter, createdBefore, ...rest } = filters;
  return readFilters({ ...rest, after: createdAfter, before: createdBefore });
}
