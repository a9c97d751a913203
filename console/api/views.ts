import type { Page } from "../../src/api/page.ts";
import type { NewView, ViewBody, ViewChange, ViewCountBody } from "../../src/triage/views/contract.ts";
import { request } from "./request.ts";

/** Saved views: the person's own, and shared ones. */
export const viewsApi = {
  list: () => request<Page<ViewBody>>("GET", "/views?limit=50"),
  count: (id: string) => request<ViewCountBody>("GET", `/views/${id}/count`),
  create: (view: NewView) => request<ViewBody>("POST", "/views", view),
  change: ({ id, ...change }: ViewChange & { id: string }) =>
    request<ViewBody>("PATCH", `/views/${id}`, change),
  delete: (id: string) => request<void>("DELETE", `/views/${id}`),
};
