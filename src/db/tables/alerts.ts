import type { Generated, JSONColumnType } from "kysely";
import type { Actor, AlertType, Severity, Status, Via } from "../../alert/alert.ts";
import type { WhatFollows } from "../../alert/automatic-boomerang.ts";
import type { Answer, AnswerFormat } from "../../alert/boomerang.ts";
import type { Disposition } from "../../alert/disposition.ts";
import type { Created, Json, MaybeTime, Time } from "./columns.ts";

/** Boomerangs and suppressions. */
export interface BoomerangTables {
  boomerangs: {
    id: string;
    alert_id: string;
    installation_id: string;
    card_id: string | null;
    question: string;
    answers: AnswerFormat;
    asked_by: Json<Actor>;
    asked_by_slack_id: string | null;
    timezone: string;
    state: Generated<"open" | "answered" | "expired" | "cancelled">;
    created_at: Created;
    expires_at: Date;
    due_at: MaybeTime;
    reminded: Generated<boolean>;
    automatic: Json<WhatFollows> | null;
    followed_at: MaybeTime;
    follow_at: Time;
    second_factor: Generated<boolean>;
  };
  automatic_questions: {
    alert_id: string;
    source_id: string;
    detection_id: string;
    created_at: Created;
    due_at: Time;
    waits: Generated<boolean>;
  };
  unconfirmed_answers: { id: string; ask_id: string; email: string; given: Json<object>; expires_at: Date };
  boomerang_asks: {
    id: string;
    boomerang_id: string;
    kind: "person" | "channel";
    slack_id: string;
    name: string;
    email: string | null;
    state: "waiting" | "sent" | "unreachable" | "answered" | "over";
    why: string | null;
    answer: JSONColumnType<Answer, string, string> | null;
    answered_by: JSONColumnType<{ id: string; name: string }, string, string> | null;
    answered_at: MaybeTime;
  };
  suppressions: {
    id: string;
    alert_id: string;
    ask_id: string;
    source_id: string;
    detection_id: string;
    person: string;
    email: string;
    people: string[];
    created_at: Created;
    ends_at: Date;
    ended_at: MaybeTime;
  };
}

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
  disposition: Disposition | null;
  duplicate_of: number | null;
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
  seen_closed: string[] | null;
  again_count: Generated<number>;
  said_over: Generated<boolean>;
  started_at: MaybeTime;
  silenced: Generated<boolean>;
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
