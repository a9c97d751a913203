import type { Kysely } from "kysely";
import { openRateLimits, type Rate } from "../api/rate-limits.ts";
import type { Tables } from "../db/tables/tables.ts";
import { type AuditEntry, audit, type Doer } from "./audit.ts";

/** Refused attempts of known callers, in the memory of this node. */
export interface Refusals {
  /** Adds a refused attempt to the audit log; of a caller who is refused all the time only some, with their count. */
  audit(db: Kysely<Tables>, by: Doer, entry: AuditEntry, now: Date): Promise<void>;
}

/** How many refusals of each caller are kept. */
const kept: Rate = { perSecond: 0.1, burst: 100 };
const maxCallers = 10_000;

export function openRefusals(): Refusals {
  const limits = openRateLimits();
  const omitted = new Map<string, number>();
  return {
    async audit(db, by, entry, now) {
      const caller = `${by.actor.type}:${by.actor.id}:${by.slack?.userId}`;
      const before = omitted.get(caller) ?? 0;
      omitted.delete(caller);
      if (limits.wait(caller, kept, now) > 0) {
        omitted.set(caller, before + 1);
        const [oldest] = omitted.size > maxCallers ? omitted.keys() : [];
        if (oldest !== undefined) omitted.delete(oldest);
        return;
      }
      limits.take(caller, kept, now);
      const data = { ...entry.data, ...(before > 0 && { omittedBefore: before }) };
      await audit(db, by, { ...entry, outcome: "refused", data });
    },
  };
}
