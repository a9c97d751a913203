import type { Deps } from "../../api/deps.ts";
import { openSamples, type Samples } from "../../api/samples.ts";
import { type AuditEntry, audit, type Doer } from "./audit.ts";

/** How many refusals of each caller the audit log keeps. */
export function openRefusals(): Samples {
  return openSamples({ perSecond: 0.1, burst: 100 });
}

/**
 * Adds a refused attempt of a known caller to the audit log. Of a caller who is refused all the time it keeps some, with
 * the number of those left out before.
 */
export async function auditRefused(
  { db, refusals, clock }: Pick<Deps, "db" | "refusals" | "clock">,
  by: Doer,
  { data, ...entry }: Omit<AuditEntry, "outcome">,
): Promise<void> {
  const omitted = refusals.take(`${by.actor.type}:${by.actor.id}:${by.slack?.userId}`, clock());
  if (omitted === null) return;
  const more = { ...data, ...(omitted > 0 && { omittedBefore: omitted }) };
  await audit(db.kysely, by, { ...entry, outcome: "refused", data: more });
}
