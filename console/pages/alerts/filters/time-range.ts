export const withinLabels = {
  "1h": "Last hour",
  "24h": "Last 24 hours",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
  "90d": "Last 90 days",
} as const;
export type Within = keyof typeof withinLabels;

const hourMs = 3_600_000;
/** The length of each range. */
export const withinMs = {
  "1h": hourMs,
  "24h": 24 * hourMs,
  "7d": 7 * 24 * hourMs,
  "30d": 30 * 24 * hourMs,
  "90d": 90 * 24 * hourMs,
} satisfies Record<Within, number>;

/** When a range that ends now began, in RFC 3339. */
export function startOf(within: Within, now: Date): string {
  return new Date(now.getTime() - withinMs[within]).toISOString();
}

/** A time of a URL's query in RFC 3339; undefined for what is none. */
export function readTime(value: unknown): string | undefined {
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
