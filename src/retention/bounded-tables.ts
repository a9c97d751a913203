/**
 * The tables that retention sweeps, by what deletes from them. A test compares both lists here with the database, so that
 * every new table is either swept or has a reason why it can't grow without end.
 */
export const sweptTables: Record<string, "alerts" | "sweeps" | "its own code"> = {
  alerts: "alerts",
  alert_samples: "sweeps",
  history: "alerts",
  alert_times: "alerts",
  alert_entities: "sweeps",
  boomerangs: "alerts",
  boomerang_asks: "alerts",
  suppressions: "alerts",
  silenced_alerts: "alerts",
  deliveries: "alerts",
  delivery_attempts: "alerts",
  cards: "alerts",
  thread_messages: "alerts",
  thread_replies: "alerts",
  messages: "alerts",
  digests: "sweeps",
  digest_changes: "sweeps",
  detections: "sweeps",
  // By whole months, by `removeOldEntries`.
  audit_log: "its own code",
  audit_chain: "its own code",
  // Every second, by `chainEntries`.
  audit_unchained: "its own code",
  ingest_requests: "sweeps",
  source_bodies: "sweeps",
  source_activity: "sweeps",
  source_faults: "sweeps",
  sessions: "sweeps",
  password_links: "sweeps",
  sign_in_failures: "sweeps",
  // After ten minutes, by `sumUpRefusedSignIns`.
  refused_sign_ins: "its own code",
  used_sign_ins: "sweeps",
  pending_sign_ins: "sweeps",
  passkey_challenges: "sweeps",
  slack_installs: "sweeps",
  slack_manifests: "sweeps",
  setup_faults: "sweeps",
  fault_mails: "sweeps",
  // Sent or given up within three days, by `assignmentMails`.
  assignment_mails: "its own code",
  // Every 10 seconds, by `claimLeftovers`.
  slack_inbox: "its own code",
  // At most five, for an hour, by `keepUnverified`.
  slack_unverified: "its own code",
};

export const boundedTables: Record<string, string> = {
  api_tokens:
    "people and programs make each by a request of their own; a revoked one stays, as the audit log names it",
  audit_head: "one row",
  audit_streams: "one for each kind of receiver",
  devices: "at most a few for each user: another one pushes out the one used longest ago",
  destinations: "people make each; a deleted one stays, as deliveries and the audit log name it",
  direct_notes: "always empty: a trigger turns what the previous version inserts into messages",
  installations: "one for each Slack workspace",
  kysely_migration: "one for each migration",
  line_notices: "always empty: a trigger turns what the previous version inserts into messages",
  lines: "one for each channel or destination; that of a person is deleted once nothing waits in it",
  passkeys: "at most 20 for each user",
  recovery_codes: "ten for each user",
  retention_runs: "one row",
  roles: "people make each",
  settings: "one for each setting",
  silences: "people make each, and at most a few hundred run at once; a past one stays, as alerts name it",
  slack_app: "one row",
  slack_channel_lists: "one for each Slack workspace",
  slack_channels: "one for each channel; a reading deletes those that are gone",
  slack_matches: "at most one for each user and workspace",
  slack_ties: "at most one for each user and workspace",
  slack_users: "one for each member of a workspace who used Tocsin",
  source_keys: "people make each; a revoked one stays, as the audit log names it",
  sources: "people make each; a deleted one stays, as alerts name it",
  totps: "at most one for each user",
  untrusted_proxies: "a few addresses: another one pushes out the one seen longest ago",
  user_identities: "one for each user and identity provider",
  users: "people invite each, or the identity provider vouches for them",
  views: "at most 100 for each person, and 100 that programs made",
};
