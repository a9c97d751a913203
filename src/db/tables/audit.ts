import type { Generated } from "kysely";
import type { Actor, Via } from "../../alert/alert.ts";
import type { Created, Json, MaybeTime, Time } from "./columns.ts";

/** The audit log and its chain (docs/audit-log.md). */
export interface AuditTables {
  audit_log: {
    id: string;
    at: Created;
    actor_type: Actor["type"];
    actor_id: string | null;
    actor_name: string;
    action: string;
    target_type: string | null;
    target_id: string | null;
    target_name: string | null;
    outcome: "ok" | "refused";
    via: Via;
    ip: string | null;
    agent: string | null;
    slack_user_id: string | null;
    slack_team_id: string | null;
    changes: Json<Record<string, { from?: unknown; to: unknown }>>;
    data: Json<Record<string, unknown>>;
  };
  audit_chain: { seq: number; entry_id: string; hash: Buffer };
  audit_head: {
    singleton: boolean;
    seq: number;
    hash: Buffer;
    start_seq: number;
    start_hash: Buffer;
    removed_until: Date;
  };
  audit_unchained: { at: Date; entry_id: string };
  audit_streams: {
    kind: "webhook" | "syslog";
    settings: Json<Record<string, unknown>>;
    /** Base64 by name. */
    sealed: Json<Record<string, string>>;
    sent_seq: number;
    last_sent_at: MaybeTime;
    run_at: Time;
    lease: string | null;
    leased_until: MaybeTime;
    attempts: Generated<number>;
    fault: string | null;
    fault_since: MaybeTime;
    broken: Generated<boolean>;
    created_at: Created;
  };
}
