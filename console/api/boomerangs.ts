import type { BoomerangBody, NewBoomerang, NewSuppression } from "../../src/boomerang/contract.ts";
import type { BoomerangDraftBody, BoomerangPreviewBody } from "../../src/http/contract/boomerang-draft.ts";
import type { Page } from "../../src/http/contract/list.ts";
import { request } from "./request.ts";

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
