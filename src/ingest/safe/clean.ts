import { isObject } from "./is-object.ts";

/**
 * The same JSON with what PostgreSQL refuses (NUL and lone surrogates, in keys too) replaced by U+FFFD, and
 * without `__proto__`, which some code further on might take for a prototype. Expects a bounded depth.
 */
export function clean(value: unknown): unknown {
  if (typeof value === "string") return cleanText(value);
  if (Array.isArray(value)) return value.map(clean);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "__proto__");
  return Object.fromEntries(entries.map(([key, inner]) => [cleanText(key), clean(inner)]));
}

function cleanText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\uFFFD");
}
