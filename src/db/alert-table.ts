import type { Generated, JSONColumnType } from "kysely";
import type { Actor, Via } from "../alert/actor.ts";
import type { AlertType } from "../alert/alert-type.ts";
import type { Severity } from "../alert/severity.ts";
import type { Status } from "../alert/status.ts";
import type { Created, Json, Time } from "./tables/columns.ts";

/** The table `alerts`. */
export interface AlertTable {
  id: string;
  number: number;
  version: Generated<number>;
  status_version: Generated<number>;
  assignee_version: Generated<number>;
  revision: Generated<number>;
  history_seq: Generated<number>;
  title: string;
  severity: Severity;
  status: Status;
  type: AlertType;
  source_id: string;
  detection_id: string;
  detection_name: string | null;
  dedup_key: Buffer;
  dedup_string: string;
  window_ends_at: Date;
  newest_of_key: Generated<boolean>;
  source_resolved: Generated<boolean>;
  touched: Generated<boolean>;
  join_after_close_told: Generated<boolean>;
  said_over: Generated<boolean>;
  log_types: string[];
  tags: string[];
  reports: Json<Record<string, string[]>>;
  description: string | null;
  runbook: string | null;
  reference: string | null;
  context: Json<Record<string, unknown>>;
  event_count: Generated<number>;
  assignee_id: string | null;
  created_at: Created;
  first_event_at: Date;
  last_received_at: Date;
  updated_at: Time;
  updated_by_type: Actor["type"];
  updated_by_id: string | null;
  updated_by_name: string;
  status_set: JSONColumnType<{ by: Actor; via: Via; at: string; comment: string | null }> | null;
}
