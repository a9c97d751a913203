import type { Page } from "../../src/api/page.ts";
import type {
  BoomerangBody,
  BoomerangDraftBody,
  BoomerangPreviewBody,
  NewBoomerang,
  NewSuppression,
} from "../../src/boomerang/contract.ts";
import type { UnconfirmedAnswerBody } from "../../src/boomerang/second-factor/contract.ts";
import type { DeliveryWithAttempts } from "../../src/outbox/contract.ts";
import type {
  AlertBody,
  AlertChange,
  AlertRow,
  CommentBody,
  HistoryBody,
} from "../../src/triage/contract.ts";
import type { OverviewBody } from "../../src/triage/overview/contract.ts";
import type { SeenBeforeBody } from "../../src/triage/seen-before/contract.ts";
import type { NewView, ViewBody, ViewChange, ViewCountBody } from "../../src/triage/views/contract.ts";
import { type Query, queryString, request } from "./request.ts";

type BulkChange = Omit<AlertChange, "version" | "tags"> & { ids: string[] };
export interface BulkOutcome {
  id: string;
  outcome: "changed" | "unchanged" | "not_found" | "refused";
  detail?: string;
}
interface EventSample {
  n: number;
  event: unknown;
}

/** Alerts by id or number, with their events, history, deliveries and comments. */
export const alertsApi = {
  list: (query: Query) => request<Page<AlertRow>>("GET", `/alerts${queryString(query)}`),
  overview: (range: Query) => request<OverviewBody>("GET", `/metrics/overview${queryString(range)}`),
  get: (id: string) => request<AlertBody>("GET", pathOf(id)),
  change: (id: string, change: AlertChange) => request<AlertBody>("PATCH", pathOf(id), change),
  changeMany: (change: BulkChange) => request<{ results: BulkOutcome[] }>("PATCH", "/alerts", change),
  seenBefore: (id: string) => request<SeenBeforeBody>("GET", `${pathOf(id)}/seen-before`),
  events: (id: string) => request<Page<EventSample>>("GET", `${pathOf(id)}/events`),
  history: (id: string, cursor?: string) =>
    request<Page<HistoryBody>>("GET", `${pathOf(id)}/history${queryString({ limit: 50, cursor })}`),
  deliveries: (id: string) => request<Page<DeliveryWithAttempts>>("GET", `${pathOf(id)}/deliveries`),
  resend: (id: string, destinationId: string) =>
    request<unknown>("POST", `${pathOf(id)}/deliveries`, { destinationId }),
  comment: (alertId: string, body: string) =>
    request<CommentBody>("POST", "/alert-comments", { alertId, body }),
};

function pathOf(id: string): string {
  return `/alerts/${encodeURIComponent(id)}`;
}

/** Boomerangs: questions sent from an alert, and the suppressions that follow. */
export const boomerangsApi = {
  list: (alertId: string) => request<Page<BoomerangBody>>("GET", `/alerts/${alertId}/boomerangs`),
  draft: (alertId: string) => request<BoomerangDraftBody>("GET", `/alerts/${alertId}/boomerang-draft`),
  preview: (alertId: string, boomerang: NewBoomerang) =>
    request<BoomerangPreviewBody>("POST", `/alerts/${alertId}/boomerang-preview`, boomerang),
  send: (alertId: string, boomerang: NewBoomerang) =>
    request<{ id: string }>("POST", `/alerts/${alertId}/boomerangs`, boomerang),
  suppress: (id: string, suppression: NewSuppression) =>
    request<BoomerangBody>("POST", `/boomerangs/${id}/suppressions`, suppression),
  endSuppression: (id: string) => request<void>("DELETE", `/suppressions/${id}`),
  cancel: (id: string) => request<BoomerangBody>("DELETE", `/boomerangs/${id}`),
  unconfirmed: (id: string) => request<UnconfirmedAnswerBody>("GET", `/unconfirmed-answers/${id}`),
};

/** Saved views: the person's own, and shared ones. */
export const viewsApi = {
  list: () => request<Page<ViewBody>>("GET", "/views?limit=50"),
  count: (id: string) => request<ViewCountBody>("GET", `/views/${id}/count`),
  create: (view: NewView) => request<ViewBody>("POST", "/views", view),
  change: ({ id, ...change }: ViewChange & { id: string }) =>
    request<ViewBody>("PATCH", `/views/${id}`, change),
  delete: (id: string) => request<void>("DELETE", `/views/${id}`),
};
