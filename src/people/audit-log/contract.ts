import { z } from "zod";
import { type AuditAction, auditActions } from "../../alert/audit-action.ts";
import { listParam, pageQuery } from "../../api/page.ts";
import { time } from "../../api/time.ts";

/** What the audit log can be searched by; entries must match all that are given. */
export const auditFilters = z.object({
  /** `user:<id>`, `token:<id>`, `slack:<user id>`, or `system` for Tocsin, the command line and callers without a sign-in. */
  who: listParam(
    z.string().regex(/^(system|(user|token|slack):[\w-]{1,100})$/, "user:ID, token:ID, slack:ID or system"),
  ).optional(),
  /** An action such as `user.changed`, a group of them such as `user`, or `call` for refused calls of the API. */
  action: listParam(
    z.string().regex(/^[a-z_]{1,40}(\.[a-z_]{1,60})?$/, "an action or a group of actions"),
  ).optional(),
  /** A type such as `user`, or a thing of it: `user:<id>`. */
  target: listParam(z.string().regex(/^[a-z_]{1,40}(:[\w-]{1,100})?$/, "TYPE or TYPE:ID")).optional(),
  outcome: z.enum(["accepted", "refused"]).optional(),
  after: time.optional(),
  before: time.optional(),
  /** Words that must all be in the entry: in a name, id, action, address, a changed value or a detail. */
  q: z.string().max(200).optional(),
});
export type AuditFilters = z.infer<typeof auditFilters>;

export const auditQuery = auditFilters.extend(pageQuery.shape);

export const auditExportQuery = auditFilters.extend({ format: z.enum(["csv", "jsonl"]) });

export const auditEntryBody = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    /** Who did what to which thing, with names, and from what to what. */
    sentence: z.string(),
    actor: z.object({ type: z.string(), id: z.string().nullable(), name: z.string() }),
    action: z.string(),
    /** Its name is null for entries of earlier versions and for what has none. */
    target: z.object({ type: z.string(), id: z.string(), name: z.string().nullable() }).nullable(),
    outcome: z.enum(["ok", "refused"]),
    via: z.string(),
    ip: z.string().nullable(),
    /** What the browser or program said it is. */
    agent: z.string().nullable(),
    /** Who acted in Slack, with the names that Tocsin knows now. */
    slack: z
      .object({
        userId: z.string(),
        teamId: z.string().nullable(),
        name: z.string().nullable(),
        team: z.string().nullable(),
      })
      .nullable(),
    /** From what to what, by field; `from` is absent where it isn't known or may not be kept. */
    changes: z.record(z.string(), z.object({ from: z.unknown().optional(), to: z.unknown() })),
    data: z.record(z.string(), z.unknown()),
    /** Its place in the chain of hashes and its hash; null until it is chained, within a second or so. */
    chain: z.object({ seq: z.number().int(), hash: z.string() }).nullable(),
  })
  .meta({ id: "AuditEntry" });
export type AuditEntryBody = z.infer<typeof auditEntryBody>;

/** The actions of a group: what comes before the dot. */
export function actionsOf(group: string): AuditAction[] {
  return auditActions.filter((action) => action.startsWith(`${group}.`));
}
