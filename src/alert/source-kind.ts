/** The tools whose reports Tocsin can read; each has a parser in `ingest/sources/`. */
export const sourceKinds = ["native", "panther", "alertmanager", "slack-webhook"] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** Whether a source may resolve an alert (spec section 3). */
export const resolvePolicies = ["always", "untouched", "never"] as const;
export type ResolvePolicy = (typeof resolvePolicies)[number];
