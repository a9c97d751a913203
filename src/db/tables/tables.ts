import type { ColumnType, Generated, JSONColumnType } from "kysely";
import type { Actor, AlertType, Severity, Via } from "../../alert/alert.ts";
import type { AutomaticBoomerang } from "../../alert/automatic-boomerang.ts";
import type { DeliveryState, Escalation, LinkButton, Mentions, Reminders } from "../../alert/destination.ts";
import type { HistoryKind } from "../../alert/history-event.ts";
import type { Permission } from "../../alert/permission.ts";
import type { AlertTable, BoomerangTables } from "./alerts.ts";
import type { AuditTables } from "./audit.ts";
import type { Created, Json, MaybeTime, Time } from "./columns.ts";
import type { FactorTables } from "./factors.ts";
import type { DigestTable, MessageTable } from "./outgoing.ts";
import type { ReceivedTables } from "./received.ts";
import type {
  AssignmentMailTable,
  FaultTables,
  SetupTables,
  SlackInstallTable,
  SlackMatchTable,
} from "./setup.ts";
import type { SilenceTables } from "./silences.ts";
import type { SourceTables } from "./sources.ts";

/** The tables as the migrations create them. */
export interface Tables
  extends AuditTables,
    BoomerangTables,
    FactorTables,
    FaultTables,
    ReceivedTables,
    SetupTables,
    SilenceTables,
    SourceTables {
  roles: { id: string; name: string; permissions: Permission[]; built_in: Generated<boolean> };
  users: {
    id: string;
    email: string;
    name: string;
    role_id: string;
    enabled: Generated<boolean>;
    password_hash: string | null;
    mail_when_assigned: Generated<boolean>;
    created_at: Created;
    updated_at: Time;
  };
  sessions: {
    token_hash: Buffer;
    user_id: string;
    created_at: Created;
    last_seen_at: Time;
    expires_at: Date;
    ip: string | null;
    user_agent: string | null;
    id: Generated<string>;
    device_hash: Buffer | null;
    confirmed_at: MaybeTime;
    by_provider: Generated<boolean>;
    id_token: Buffer | null;
  };
  user_identities: {
    issuer: string;
    subject: string;
    user_id: string;
    created_at: Created;
    last_used_at: Date;
  };
  used_sign_ins: { state_hash: Buffer; expires_at: Date };
  devices: { user_id: string; secret_hash: Buffer; last_used_at: Date };
  password_links: { token_hash: Buffer; user_id: string | null; expires_at: Date; used_at: MaybeTime };
  api_tokens: {
    id: string;
    name: string;
    token_hash: Buffer;
    permissions: Permission[];
    cidrs: Generated<string[]>;
    created_by: string | null;
    made_by_token: string | null;
    created_at: Created;
    expires_at: MaybeTime;
    last_used_at: MaybeTime;
    revoked_at: MaybeTime;
  };
  sign_in_failures: { key: string; failures: number; last_at: Date };
  refused_sign_ins: { network: string; since: Date; last_at: Date; refused: number };
  untrusted_proxies: { address: string; first_seen_at: Created; last_seen_at: Date };
  detections: {
    id: string;
    source_id: string;
    detection_id: string;
    name: string | null;
    override: string[] | null;
    automatic_boomerang: Json<AutomaticBoomerang> | null;
    created_at: Created;
  };
  ingest_requests: {
    source_id: string;
    key: string;
    body_hash: Buffer;
    results: JSONColumnType<object[]> | null;
    created_at: Created;
  };
  alerts: AlertTable;
  alert_entities: { hash: string; opened_at: Created; alert_id: string };
  alert_times: { alert_id: string; opened_at: Date; first_action_at: MaybeTime; closed_at: MaybeTime };
  alert_samples: { alert_id: string; n: number; event: ColumnType<unknown, string, never>; at: Created };
  history: {
    alert_id: string;
    seq: number;
    at: Created;
    actor_type: Actor["type"];
    actor_id: string | null;
    actor_name: string;
    via: Via;
    kind: HistoryKind;
    data: Json<Record<string, unknown>>;
    bulk_id: string | null;
  };
  destinations: {
    id: string;
    /** The name of a `DestinationType`. */
    type: string;
    display_name: string;
    installation_id: string | null;
    channel_id: string | null;
    channel_name: string | null;
    line: string;
    settings: ColumnType<Record<string, unknown>, string | undefined, string>;
    /** Base64 by name. */
    sealed: ColumnType<Record<string, string>, string | undefined, string>;
    place: string | null;
    changes_since: MaybeTime;
    severities: ColumnType<Severity[], Severity[], Severity[]>;
    alert_types: ColumnType<AlertType[], AlertType[], AlertType[]>;
    log_types: string[];
    timezone: string;
    escalate_to: string | null;
    escalate_after: ColumnType<Escalation["afterMinutes"], string | undefined, string>;
    sync_to_slack: Generated<boolean>;
    buttons_tested_at: Date | null;
    mentions: ColumnType<Mentions, string | undefined, string>;
    reminders: ColumnType<Reminders, string | undefined, string>;
    link_buttons: ColumnType<LinkButton[], string | undefined, string>;
    enabled: Generated<boolean>;
    created_at: Created;
    updated_at: Time;
    deleted_at: MaybeTime;
  };
  lines: {
    key: string;
    destination_type: Generated<string>;
    installation_id: string | null;
    channel_id: string | null;
    open_at: Time;
    leased_until: MaybeTime;
    leased_by: string | null;
    fault: string | null;
    fault_since: MaybeTime;
    faults_in_a_row: Generated<number>;
    well_since: Time;
    digest_id: string | null;
    digest_due_at: MaybeTime;
    refused_code: string | null;
    refused_ids: Generated<string[]>;
    repairs: Generated<number>;
    greeted: Generated<boolean>;
    of_person: Generated<boolean>;
  };
  deliveries: {
    id: string;
    alert_id: string;
    destination_id: string;
    line: string;
    severity: Severity;
    number: number;
    state: Generated<DeliveryState>;
    run_at: Time;
    attempts: Generated<number>;
    last_attempt_at: MaybeTime;
    error: string | null;
    maybe_posted: Generated<boolean>;
    unsure_since: MaybeTime;
    seen_ts: string | null;
    shape: Generated<number>;
    card_id: string | null;
    told_seq: Generated<number>;
    changes_due_at: MaybeTime;
    change_attempts: Generated<number>;
    digest_id: string | null;
    asked: Generated<boolean>;
    refused: Generated<boolean>;
    escalate_at: MaybeTime;
    created_at: Created;
  };
  messages: MessageTable;
  digests: DigestTable;
  digest_changes: { digest_id: string };
  delivery_attempts: {
    id: string;
    delivery_id: string;
    at: Created;
    outcome: string;
    error: string | null;
    channel_id: string;
    permalink: string | null;
  };
  cards: {
    id: string;
    alert_id: string;
    destination_id: string;
    line: string;
    channel_id: string;
    ts: string;
    permalink: string | null;
    told_seq: number;
    shape: Generated<number>;
    redraws: Generated<number>;
    update_due_at: MaybeTime;
    update_wanted: Generated<number>;
    wrong_since: MaybeTime;
    counted_at: MaybeTime;
    count_wait: Generated<number>;
    posted_seq: Generated<number>;
    touched_at: MaybeTime;
    leased_until: MaybeTime;
    attempts: Generated<number>;
    gone: Generated<boolean>;
    remind_from: MaybeTime;
    remind_at: MaybeTime;
    catching_up: Generated<"no" | "due" | "shown">;
  };
  assignment_mails: AssignmentMailTable;
  thread_replies: { card_id: string; ts: string; from_seq: number; to_seq: number };
  thread_messages: {
    channel_id: string;
    ts: string;
    alert_id: string;
    seq: number | null;
    edited_ts: string | null;
    deleted: Generated<boolean>;
  };
  slack_app: {
    singleton: Generated<boolean>;
    mode: "http" | "socket";
    client_id: string | null;
    client_secret: Buffer | null;
    signing_secret: Buffer | null;
    signing_secret_by: string | null;
    previous_signing_secret: Buffer | null;
    previous_signing_secret_until: MaybeTime;
    app_token: Buffer | null;
    thread_mirror: Generated<boolean>;
    updated_at: Time;
  };
  installations: {
    id: string;
    team_id: string | null;
    team_name: string | null;
    url: string;
    enterprise_id: string | null;
    enterprise_name: string | null;
    app_id: string | null;
    bot_id: string | null;
    bot_user_id: string;
    bot_name: string | null;
    bot_token: Buffer;
    /** Null if Slack did not say. */
    scopes: string[] | null;
    trusted: Generated<boolean>;
    fault: string | null;
    updates_spent_until: Time;
    updates_open_at: Time;
    updates_at: Generated<Date[]>;
    checked_at: Time;
    check_at: Time;
    granted_teams: string[] | null;
    match_at: Time;
    created_at: Created;
  };
  slack_installs: SlackInstallTable;
  slack_users: {
    installation_id: string;
    slack_user_id: string;
    team_id: string | null;
    enterprise_id: string | null;
    email: string | null;
    name: string;
    deleted: boolean;
    is_bot: boolean;
    is_guest: boolean;
    email_confirmed: boolean;
    read_at: Date;
  };
  slack_matches: SlackMatchTable;
  slack_ties: { installation_id: string; slack_user_id: string; user_id: string; tied_at: Created };
  slack_inbox: {
    id: string;
    payload: Json<object>;
    received_at: Created;
    leased_until: MaybeTime;
    done_at: MaybeTime;
  };
  retention_runs: {
    singleton: Generated<boolean>;
    next_at: Time;
    lease: string | null;
    leased_until: MaybeTime;
    deleted: Json<Record<string, number>>;
  };
  views: {
    id: string;
    owner_id: string | null;
    name: string;
    shared: boolean;
    filters: Json<Record<string, unknown>>;
    created_at: Created;
    updated_at: Time;
  };
  settings: { name: string; value: ColumnType<unknown, string, string> };
}
