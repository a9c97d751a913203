/** What is kept of a report (spec section 1), and what one request may hold. Texts in UTF-16 units. */
export const limits = {
  text: 1000,
  longText: 10_000,
  listEntries: 100,
  destinations: 10,
  samples: 10,
  jsonBytes: 200 * 1024,
  bodyBytes: 1024 * 1024,
  reportsAtOnce: 10_000,
  /** JSON.stringify overflows the stack before 5,000 levels; real events stay under 30. */
  jsonLevels: 100,
} as const;
