import type { AlertBody, AlertChange, AlertRow } from "../../src/triage/contract.ts";
import type { DeliveryWithAttempts } from "../../src/outbox/contract.ts";
import type { CommentBody, HistoryBody } from "../../src/http/contract/history.ts";
import type { Page } from "../../src/http/contract/list.ts";
import { type Query, queryString } from "./query-string.ts";
import { request } from "./request.ts";

export type BulkChange = Pick<AlertChange, "status" | "assignee" | "comment"> & { ids: string[] };
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
