import type { Actor, Severity } from "../../alert/alert.ts";
import type { FieldCondition } from "../../alert/silence.ts";
import type { Created, Json, MaybeTime } from "./columns.ts";

/** Silences, and the alerts that each one silenced. */
export interface SilenceTables {
  silences: {
    id: string;
    reason: string;
    source_id: string | null;
    detection_id: string | null;
    title: string | null;
    severities: Severity[];
    fields: Json<FieldCondition[]>;
    also_critical: boolean;
    alert_id: string | null;
    created_at: Created;
    created_by: Json<Actor>;
    ends_at: Date;
    ended_at: MaybeTime;
    ended_by: Json<Actor> | null;
  };
  silenced_alerts: {
    silence_id: string;
    alert_id: string;
    at: Created;
    requested: Json<object>;
    lifted_at: MaybeTime;
  };
}
