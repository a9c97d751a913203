/** From least to most severe: the order is the one that routing, queues and lists sort by. */
export const severities = ["INFO", "LOW", "MEDIUM", "HIGH", "CRITICAL"] as const;
export type Severity = (typeof severities)[number];

/** Above 0 when `a` is the more severe one, as for Array.sort. */
export function compareSeverity(a: Severity, b: Severity): number {
  return severities.indexOf(a) - severities.indexOf(b);
}
