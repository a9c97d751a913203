import type { AlertType } from "../src/alert/alert-type.ts";
import type { DeliveryState } from "../src/alert/destination.ts";
import type { Permission } from "../src/alert/permission.ts";
import type { Severity } from "../src/alert/severity.ts";
import type { ResolvePolicy, SourceKind } from "../src/alert/source-kind.ts";
import type { Status } from "../src/alert/status.ts";

// The Console takes only types from the server; `satisfies` makes the compiler ask for every missing word.

/** Most severe first, as people choose them. */
export const severityWords = {
  CRITICAL: "Critical",
  HIGH: "High",
  MEDIUM: "Medium",
  LOW: "Low",
  INFO: "Info",
} satisfies Record<Severity, string>;

export const statusWords = {
  OPEN: "Open",
  TRIAGED: "Triaged",
  RESOLVED: "Resolved",
  CLOSED: "Invalid",
} satisfies Record<Status, string>;

export const typeWords = {
  RULE: "Rule",
  SCHEDULED_RULE: "Scheduled rule",
  CORRELATION_RULE: "Correlation rule",
  POLICY: "Policy",
  RULE_ERROR: "Rule error",
  SCHEDULED_RULE_ERROR: "Scheduled rule error",
  CORRELATION_RULE_ERROR: "Correlation rule error",
  POLICY_ERROR: "Policy error",
  SYSTEM_ERROR: "System health",
} satisfies Record<AlertType, string>;

export const kindWords = {
  native: "Tocsin (JSON)",
  panther: "Panther",
  alertmanager: "Prometheus Alertmanager",
  "slack-webhook": "Slack incoming webhook",
} satisfies Record<SourceKind, string>;

export const resolveWords = {
  untouched: "While nobody has triaged or taken it",
  always: "Always",
  never: "Never",
} satisfies Record<ResolvePolicy, string>;

export const deliveryWords = {
  waiting: "Waiting",
  held: "Held",
  sending: "Sending",
  sent: "Sent",
  digested: "In a digest",
  failed: "Failed",
  not_delivered: "Not delivered",
} satisfies Record<DeliveryState, string>;

/** What each permission lets one do, for the form of API tokens. */
export const permissionWords = {
  "View Alerts": "Read alerts, their history and deliveries",
  "Manage Alerts": "Change status and assignee, comment, re-send",
  "View Destinations": "See destinations, detections and the Slack app",
  "Manage Destinations": "Change destinations, detections and the Slack app",
  "View Sources": "See sources",
  "Manage Sources": "Add and change sources and their keys",
  "View Users": "See users and roles",
  "Manage Users": "Invite, change and disable users",
  "Manage API Tokens": "Create and revoke API tokens",
  "View Audit Log": "Read the audit log",
  "Manage Settings": "Change Tocsin's settings",
} satisfies Record<Permission, string>;
