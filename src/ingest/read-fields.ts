import type { Severity } from "../alert/alert.ts";

const words = new Map<string, Severity>([
  ["critical", "CRITICAL"],
  ["emergency", "CRITICAL"],
  ["fatal", "CRITICAL"],
  ["high", "HIGH"],
  ["error", "HIGH"],
  ["major", "HIGH"],
  ["page", "HIGH"],
  ["medium", "MEDIUM"],
  ["moderate", "MEDIUM"],
  ["warning", "MEDIUM"],
  ["warn", "MEDIUM"],
  ["low", "LOW"],
  ["minor", "LOW"],
  ["notice", "LOW"],
  ["info", "INFO"],
  ["informational", "INFO"],
  ["none", "INFO"],
]);

/** The severity that a tool's word stands for, in any case; null when it is not one we know. */
export function readSeverity(word: string | null | undefined): Severity | null {
  return words.get(word?.trim().toLowerCase() ?? "") ?? null;
}

/** True for a JSON object: neither null nor a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The first line that says something, trimmed; null when there is none. */
export function firstLine(text: string | null | undefined): string | null {
  return /\S.*/.exec(text ?? "")?.[0].trim() ?? null;
}

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/i;
const before = Date.UTC(9999, 0);

/**
 * A time as tools write it, or null. Go's zero time (year 1) stands for "none", and PostgreSQL doesn't read
 * all that JavaScript can write: only the years 1970 to 9998 count.
 */
export function readTime(text: string | null | undefined): Date | null {
  if (!text || !rfc3339.test(text)) return null;
  const time = new Date(text.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  return time.getTime() >= 0 && time.getTime() < before ? time : null;
}

/** The text if it is as a whole an http(s) address, else null. */
export function webAddress(text: string | null | undefined): string | null {
  const address = text?.trim();
  if (!address || /\s/.test(address)) return null;
  return ["http:", "https:"].includes(URL.parse(address)?.protocol ?? "") ? address : null;
}
