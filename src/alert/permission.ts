/** What a person or a token may do (spec section 10). One word for code, API and people alike. */
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

/** What each permission lets one do, for the form of API tokens. */
export const permissionDescriptions: Record<Permission, string> = {
  "View Alerts": "View alerts, their history and deliveries",
  "Manage Alerts": "Change status and assignee, comment, send Boomerangs, re-send",
  "View Destinations": "View destinations, detections and the Slack app",
  "Manage Destinations": "Change destinations, detections and the Slack app",
  "View Sources": "View sources",
  "Manage Sources": "Add and change sources and their keys",
  "View Users": "View users and roles",
  "Manage Users": "Invite, change and disable users",
  "Manage API Tokens": "Create and revoke API tokens",
  "View Audit Log": "View the audit log",
  "Manage Settings": "Change Tocsin's settings",
};

/** The three roles that are always there, by name. */
export const builtInRoles: Record<string, readonly Permission[]> = {
  Admin: permissions,
  Analyst: ["View Alerts", "Manage Alerts", "View Destinations", "View Sources"],
  AnalystReadOnly: ["View Alerts", "View Destinations", "View Sources"],
};
