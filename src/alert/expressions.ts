/** What an expression of a source can pick from a report, in the order of the form. */
export const expressionFields = [
  "reports",
  "title",
  "severity",
  "description",
  "detectionId",
  "detectionName",
  "identity",
  "dedupString",
  "dedupPeriodMinutes",
  "says",
  "occurredAt",
  "runbook",
  "reference",
  "logTypes",
  "tags",
  "context",
] as const;
export type ExpressionField = (typeof expressionFields)[number];

/** The fields that any source may set: what makes two of its reports the same thing. */
export const identityFields = [
  "identity",
  "dedupString",
  "dedupPeriodMinutes",
] as const satisfies ExpressionField[];

/** JSONata expressions by the field that they pick. A field without one is absent. */
export type Expressions = { [Field in ExpressionField]?: string };

/** What a new source of the kind `generic` picks. */
export const firstExpressions: Expressions = { title: "title", severity: "severity" };

/** In UTF-16 units, of one expression. */
export const maxExpressionLength = 2000;
