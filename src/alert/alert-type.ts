export const alertTypes = [
  "RULE",
  "SCHEDULED_RULE",
  "CORRELATION_RULE",
  "POLICY",
  "RULE_ERROR",
  "SCHEDULED_RULE_ERROR",
  "CORRELATION_RULE_ERROR",
  "POLICY_ERROR",
  "SYSTEM_ERROR",
] as const;
export type AlertType = (typeof alertTypes)[number];

export const alertTypeWords: Record<AlertType, string> = {
  RULE: "Rule",
  SCHEDULED_RULE: "Scheduled rule",
  CORRELATION_RULE: "Correlation rule",
  POLICY: "Policy",
  RULE_ERROR: "Rule error",
  SCHEDULED_RULE_ERROR: "Scheduled rule error",
  CORRELATION_RULE_ERROR: "Correlation rule error",
  POLICY_ERROR: "Policy error",
  SYSTEM_ERROR: "System health",
};

/** The type that a tool's word stands for: an unknown `…_ERROR` is a rule's error, any other a rule. */
export function readAlertType(word: string): { type: AlertType; known: boolean } {
  const upper = word.toUpperCase();
  const found = alertTypes.find((type) => type === upper);
  if (found) return { type: found, known: true };
  return { type: upper.endsWith("_ERROR") ? "RULE_ERROR" : "RULE", known: false };
}
