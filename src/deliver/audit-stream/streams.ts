import { type Kysely, sql } from "kysely";
import type { Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import type { Tables } from "../../db/tables/tables.ts";
import { audit } from "../../people/audit-log/audit.ts";
import type { Principal } from "../../people/principal.ts";
import { transactionAs } from "../../people/transaction-as.ts";
import { auditStreamPurpose, type Vault } from "../../secrets/vault.ts";
import type { AuditStreamBody, StreamKind } from "./contract.ts";
import type { Receiver } from "./receivers.ts";
import { streamRemedy } from "./stream-remedy.ts";

/** Sending the audit log elsewhere needs both: who may read it decides who else may. */
export const mayStream = ["View Audit Log", "Manage Settings"] as const;

/** The receivers, as the API shows them. */
export async function listStreams(db: Kysely<Tables>): Promise<AuditStreamBody[]> {
  const { rows } = await sql<StreamRow>`
    select s.kind, s.settings, s.fault, s.fault_since as "faultSince", s.run_at as "runAt",
      s.last_sent_at as "lastSentAt",
      greatest(0, h.seq - greatest(s.sent_seq, h.start_seq)) + (select count(*) from audit_unchained)::int as waiting
    from audit_streams s cross join audit_head h order by s.kind desc`.execute(db);
  return rows.map(toBody);
}

interface StreamRow {
  kind: StreamKind;
  settings: Record<string, unknown>;
  fault: string | null;
  faultSince: Date | null;
  runAt: Date;
  lastSentAt: Date | null;
  waiting: number;
}

function toBody({
  kind,
  settings,
  fault,
  faultSince,
  runAt,
  lastSentAt,
  waiting,
}: StreamRow): AuditStreamBody {
  const { host, port, ca } = settings;
  const place = placeOf(kind, settings);
  return {
    kind,
    place,
    syslog:
      kind === "syslog"
        ? { host: String(host), port: Number(port), ca: typeof ca === "string" ? ca : null }
        : null,
    fault:
      fault === null
        ? null
        : {
            code: fault,
            remedy: streamRemedy(fault, place),
            since: (faultSince ?? runAt).toISOString(),
            nextTryAt: runAt.toISOString(),
          },
    waiting,
    lastSentAt: lastSentAt?.toISOString() ?? null,
  };
}

/** The receivers that don't come right by themselves, or have failed several times. */
export async function readBrokenStreams(db: Kysely<Tables>) {
  const rows = await db
    .selectFrom("audit_streams")
    .select(["kind", "settings", "fault", "fault_since as since"])
    .where("broken", "=", true)
    .execute();
  return rows.map(({ kind, settings, fault, since }) => {
    return { kind, place: placeOf(kind, settings), code: fault ?? "", since };
  });
}

/** Where entries go, for people: the host of a webhook, whose whole URL is a secret. */
export function placeOf(kind: StreamKind, settings: Record<string, unknown>): string {
  return kind === "syslog" ? `${settings.host}:${settings.port}` : String(settings.host);
}

/** Opens the secrets of a receiver; null if there is none of that kind. */
export async function readReceiver(
  db: Kysely<Tables>,
  vault: Vault,
  kind: StreamKind,
): Promise<Receiver | null> {
  const row = await db
    .selectFrom("audit_streams")
    .select(["settings", "sealed"])
    .where("kind", "=", kind)
    .executeTakeFirst();
  if (!row) return null;
  const secrets = Object.entries(row.sealed).map(([name, value]) => [
    name,
    vault.unseal(Buffer.from(value, "base64"), auditStreamPurpose(name, kind)),
  ]);
  return { kind, settings: row.settings, secrets: Object.fromEntries(secrets) };
}

/** Sends no further entries there. */
export async function deleteStream(db: Database, kind: StreamKind, by: Principal): Promise<Refusal | null> {
  return transactionAs(db, by, mayStream, async (tx) => {
    const deleted = await tx.deleteFrom("audit_streams").where("kind", "=", kind).returning("kind").execute();
    if (deleted.length === 0) return noStream;
    await audit(tx, by, { action: "audit_stream.deleted", target: null, changes: null, data: { kind } });
    return null;
  });
}

export const noStream: Refusal = {
  refused: "not_found",
  why: "The audit log is not sent there. Set the receiver first.",
};
