/**
 * What a user or a token may do (docs/behaviour.md#10-people-and-machines), named alike in code, API and UI.
 */
export const permissions = [
  "View Alerts",
  "Manage Alerts",
  "View Destinations",
  "Manage Destinations",
  "View Sources",
  "Manage Sources",
  "View Users",
  "Manage Users",
  "Manage API Tokens",
  "View Audit Log",
  "Manage Settings",
] as const;
export type Permission = (typeof permissions)[number];

/**
 * What changes of the Slack app's secrets, of trust in a workspace and of links to Slack users need: they decide who is
 * who in Slack, so Manage Destinations alone would let its holder act as anybody.
 */
export const slackTrust = ["Manage Destinations", "Manage Users"] as const satisfies Permission[];

/** Shown in the forms for roles and API tokens. */
export const permissionDescriptions: Record<Permission, string> = {
  "View Alerts": "View alerts, their history and deliveries",
  "Manage Alerts": "Change status and assignee, comment, send Boomerangs, silence, re-send",
  "View Destinations": "View destinations, detections and the Slack app",
  "Manage Destinations": "Change destinations and detections; the Slack app's secrets only with Manage Users",
  "View Sources": "View sources",
  "Manage Sources": "Add and change sources and their keys",
  "View Users": "View users and roles",
  "Manage Users": "Invite, change and disable users; create and change roles",
  "Manage API Tokens": "Create and revoke API tokens",
  "View Audit Log": "View the audit log",
  "Manage Settings": "Change Tocsin's settings",
};

/** The built-in roles, by name. */
export const builtInRoles: Record<string, readonly Permission[]> = {
  Admin: permissions,
  Analyst: ["View Alerts", "Manage Alerts", "View Destinations", "View Sources"],
  AnalystReadOnly: ["View Alerts", "View Destinations", "View Sources"],
};
