import { type Ring, ring } from "../db/notify.ts";
import type { Transaction } from "../db/transaction.ts";
import { type AuditEntry, audit } from "../people/audit.ts";
import type { Principal } from "../people/principal.ts";

type Settings = Extract<Ring, { settings: unknown }>["settings"];

/** Puts a change of set-up into the audit log, and tells those who show it; both only if `tx` commits. */
export async function noteChange(
  tx: Transaction,
  by: Principal,
  { what, ...entry }: AuditEntry & { what: Settings },
): Promise<void> {
  await audit(tx, by, entry);
  await ring(tx, { settings: what });
}
