import type { Page } from "../../src/api/page.ts";
import type { AuditStreamBody, SavedStream, StreamKind } from "../../src/deliver/audit-stream/contract.ts";
import { request } from "./request.ts";

const path = "/audit-log/streams";

/** Where the audit log is sent. */
export const auditStreamApi = {
  list: () => request<Page<AuditStreamBody>>("GET", path),
  saveWebhook: (wish: { url: string; secret: string }) =>
    request<SavedStream>("PUT", `${path}/webhook`, wish),
  saveSyslog: (wish: { host: string; port: number; ca: string | null }) =>
    request<SavedStream>("PUT", `${path}/syslog`, wish),
  remove: (kind: StreamKind) => request<void>("DELETE", `${path}/${kind}`),
  test: (kind: StreamKind) => request<{ place: string }>("POST", `${path}/${kind}/test`),
};
