import type { ColumnType, Generated, JSONColumnType } from "kysely";
import type { Severity } from "../../alert/alert.ts";
import type { Expressions } from "../../alert/expressions.ts";
import type { ResolvePolicy } from "../../alert/report.ts";
import type { Created, MaybeTime } from "./columns.ts";

/** Sources and their keys. */
export interface SourceTables {
  sources: {
    id: string;
    kind: string;
    name: string;
    default_severity: Generated<Severity>;
    severity_words: ColumnType<Record<string, Severity>, string | undefined, string | undefined>;
    resolves: Generated<ResolvePolicy>;
    reopen_after: Generated<number | null>;
    reports_per_second: Generated<number>;
    report_burst: Generated<number>;
    card_fields: Generated<string[]>;
    expressions: JSONColumnType<Expressions, string | null, string | null> | null;
    created_at: Created;
    last_received_at: MaybeTime;
    deleted_at: MaybeTime;
    no_data_alert: Generated<boolean>;
    no_data_hours: Generated<number>;
    unreadable_alert: Generated<boolean>;
  };
  source_keys: {
    id: string;
    source_id: string;
    key_hash: Buffer;
    hint: string;
    /** The key, encrypted; only of kinds whose tool signs with it. */
    sealed: Buffer | null;
    created_at: Created;
    last_used_at: MaybeTime;
    revoked_at: MaybeTime;
  };
}
