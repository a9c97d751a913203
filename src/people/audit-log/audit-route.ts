import type { App, Deps } from "../../api/deps.ts";
import { decodeCursor, idKey, page, pageQuery, toPage } from "../../api/page.ts";
import { requires } from "../../api/requires.ts";
import { type AuditEntryBody, auditEntryBody } from "../contract.ts";
import { type AuditLogEntry, auditLog } from "./audit.ts";

/** List the audit log. */
export function auditLogRoutes(app: App, { db }: Deps): void {
  app.get(
    "/api/v1/audit-log",
    {
      ...requires("View Audit Log"),
      schema: {
        tags: ["Audit log"],
        summary: "List changes, sign-ins and refused attempts, newest first",
        querystring: pageQuery,
        response: { 200: page(auditEntryBody) },
      },
    },
    async ({ query: { limit, cursor } }) => {
      const before = decodeCursor(cursor, idKey)?.[0] ?? null;
      const entries = await auditLog(db.kysely, { before, count: limit + 1 });
      return toPage(entries, limit, { keyOf: ({ id }) => [id], show: toEntryBody });
    },
  );
}

function toEntryBody(entry: AuditLogEntry): AuditEntryBody {
  const { id, at, action, outcome, via, ip, agent, changes, data } = entry;
  const { actor_type, actor_id, actor_name, target_type, target_id, slack_user_id, slack_team_id } = entry;
  return {
    id,
    at: at.toISOString(),
    actor: { type: actor_type, id: actor_id, name: actor_name },
    action,
    target: target_type && target_id ? { type: target_type, id: target_id, name: entry.target_name } : null,
    outcome,
    via,
    ip,
    agent,
    slack: slack_user_id ? { userId: slack_user_id, teamId: slack_team_id } : null,
    changes,
    data,
  };
}
