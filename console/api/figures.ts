import type { OverviewBody } from "../../src/triage/overview/contract.ts";
import { type Query, queryString, request } from "./request.ts";

/** The figures of the Overview. */
export const figuresApi = {
  overview: (range: Query) => request<OverviewBody>("GET", `/metrics/overview${queryString(range)}`),
};
