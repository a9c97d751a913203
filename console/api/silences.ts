import type { Page } from "../../src/api/page.ts";
import type { NewSilence, SilenceBody, SilenceChange, SilencePreview } from "../../src/silence/contract.ts";
import { type Query, queryString, request } from "./request.ts";

type Conditions = Omit<NewSilence, "reason" | "until" | "forMinutes" | "alertId">;

/** Silences, and the mark of one alert. */
export const silencesApi = {
  list: (query: Query) => request<Page<SilenceBody>>("GET", `/silences${queryString(query)}`),
  get: (id: string) => request<SilenceBody>("GET", `/silences/${id}`),
  preview: (conditions: Conditions) => request<SilencePreview>("POST", "/silences/preview", conditions),
  add: (body: NewSilence) => request<SilenceBody>("POST", "/silences", body),
  change: (id: string, change: SilenceChange) => request<SilenceBody>("PATCH", `/silences/${id}`, change),
  end: (id: string) => request<SilenceBody>("DELETE", `/silences/${id}`),
  lift: (alertId: string) => request<void>("DELETE", `/alerts/${alertId}/silence`),
};
