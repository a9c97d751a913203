import type { Page } from "../../src/api/page.ts";
import type {
  BoomerangBody,
  BoomerangDraftBody,
  BoomerangPreviewBody,
  NewBoomerang,
  NewSuppression,
} from "../../src/boomerang/contract.ts";
import type { DeliveryWithAttempts } from "../../src/outbox/contract.ts";
import type {
  AlertBody,
  AlertChange,
  AlertRow,
  CommentBody,
  HistoryBody,
} from "../../src/triage/contract.ts";
import { type Query, queryString, request } from "./request.ts";

type BulkChange = Pick<AlertChange, "status" | "assignee" | "comment"> & { ids: string[] };
export interface BulkOutcome {
  id: string;
  outcome: "changed" | "unchanged" | "not_found" | "refused";
  detail?: string;
}
interface EventSample {
  n: number;
  event: unknown;
}

/** Alerts by id or number, and what belongs to one. */
export const alertsApi = {
  list: (query: Query) => request<Page<AlertRow>>("GET", `/alerts${queryString(query)}`),
  get: (id: string) => request<AlertBody>("GET", at(id)),
  change: (id: string, change: AlertChange) => request<AlertBody>("PATCH", at(id), change),
  changeMany: (change: BulkChange) => request<{ results: BulkOutcome[] }>("PATCH", "/alerts", change),
  events: (id: string) => request<Page<EventSample>>("GET", `${at(id)}/events`),
  history: (id: string, cursor?: string) =>
    request<Page<HistoryBody>>("GET", `${at(id)}/history${queryString({ limit: 50, cursor })}`),
  deliveries: (id: string) => request<Page<DeliveryWithAttempts>>("GET", `${at(id)}/deliveries`),
  resend: (id: string, destinationId: string) =>
    request<unknown>("POST", `${at(id)}/deliveries`, { destinationId }),
  comment: (alertId: string, body: string) =>
    request<CommentBody>("POST", "/alert-comments", { alertId, body }),
};

function at(id: string): string {
  return `/alerts/${encodeURIComponent(id)}`;
}

/** Questions from an alert to people. */
export const boomerangsApi = {
  list: (alertId: string) => request<Page<BoomerangBody>>("GET", `/alerts/${alertId}/boomerangs`),
  draft: (alertId: string) => request<BoomerangDraftBody>("GET", `/alerts/${alertId}/boomerang-draft`),
  preview: (alertId: string, asked: NewBoomerang) =>
    request<BoomerangPreviewBody>("POST", `/alerts/${alertId}/boomerang-preview`, asked),
  ask: (alertId: string, asked: NewBoomerang) =>
    request<{ id: string }>("POST", `/alerts/${alertId}/boomerangs`, asked),
  suppress: (id: string, wish: NewSuppression) =>
    request<BoomerangBody>("POST", `/boomerangs/${id}/suppressions`, wish),
  endSuppression: (id: string) => request<void>("DELETE", `/suppressions/${id}`),
  cancel: (id: string) => request<BoomerangBody>("DELETE", `/boomerangs/${id}`),
};
