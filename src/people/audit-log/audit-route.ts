import { Readable } from "node:stream";
import { z } from "zod";
import type { App, Deps } from "../../api/deps.ts";
import { decodeCursor, page, toPage } from "../../api/page.ts";
import { requires } from "../../api/requires.ts";
import { storedTime } from "../../api/time.ts";
import { audit } from "./audit.ts";
import { auditEntryBody, auditExportQuery, auditQuery } from "./contract.ts";
import { exportEntries, exportTypes } from "./export-entries.ts";
import { findEntries } from "./find-entries.ts";

const tags = ["Audit log"];
/** Time with microseconds and id, so that no entry of the same millisecond is skipped. */
const entryKey = z.tuple([storedTime, z.uuid()]);

/** Search and export the audit log. */
export function auditLogRoutes(app: App, { db, clock }: Deps): void {
  app.get(
    "/api/v1/audit-log",
    {
      ...requires("View Audit Log"),
      schema: {
        tags,
        summary: "Search changes, sign-ins and refused attempts, newest first",
        querystring: auditQuery,
        response: { 200: page(auditEntryBody) },
      },
    },
    async ({ query: { limit, cursor, ...filters } }) => {
      const after = decodeCursor(cursor, entryKey);
      const entries = await findEntries(db.kysely, filters, { count: limit + 1, after });
      return toPage(entries, limit, { keyOf: ({ at, id }) => [at, id], show: (entry) => entry });
    },
  );

  app.get(
    "/api/v1/audit-log/export",
    {
      ...requires("View Audit Log", { audits: ["audit_log.exported"], cost: "heavy" }),
      schema: {
        tags,
        summary: "Export the entries that match, oldest first, as CSV or JSON Lines",
        description:
          "Streams all of them, up to the time of the call, and is in the audit log itself. A line of JSON Lines has the record that is chained (docs/audit-log.md), its sentence and its place in the chain.",
        querystring: auditExportQuery,
      },
    },
    async ({ query: { format, ...filters }, principal }, reply) => {
      const entries = await exportEntries(db.kysely, { format, filters });
      await audit(db.kysely, principal, {
        action: "audit_log.exported",
        target: null,
        changes: null,
        data: { format, ...filters },
      });
      const name = `audit-log-${clock().toISOString().slice(0, 10)}.${format}`;
      return reply
        .type(exportTypes[format])
        .header("content-disposition", `attachment; filename="${name}"`)
        .header("cache-control", "no-store")
        .send(Readable.from(entries, { objectMode: false, highWaterMark: 64 * 1024 }));
    },
  );
}
