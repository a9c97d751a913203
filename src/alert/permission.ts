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

/** The three roles that are always there, by name. */
export const builtInRoles: Record<string, readonly Permission[]> = {
  Admin: permissions,
  Analyst: ["View Alerts", "Manage Alerts", "View Destinations", "View Sources"],
  AnalystReadOnly: ["View Alerts", "View Destinations", "View Sources"],
};
