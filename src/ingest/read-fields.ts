import { z } from "zod";
import type { Severity } from "../alert/alert.ts";

/**
 * A field of a tool's body that holds text, or null. An unreadable value counts as null, because it must not lose the
 * alert; it stays in the sample event.
 */
export const optionalText = z.string().trim().nullish().catch(null);

const severityWords = new Map<string, Severity>([
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

/** Maps a tool's severity word, in any case, to ours; null for unknown words. */
export function readSeverity(word: string | null | undefined): Severity | null {
  return severityWords.get(word?.trim().toLowerCase() ?? "") ?? null;
}

/** True for a JSON object, not for null or a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The first line that is not blank, trimmed; null if there is none. */
export function firstLine(text: string | null | undefined): string | null {
  return /\S.*/.exec(text ?? "")?.[0].trim() ?? null;
}

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/i;
const timeLimit = Date.UTC(9999, 0);

/**
 * Parses an RFC 3339 time between the years 1970 and 9998; null otherwise. Go's zero time (year 1) means
 * "none", and PostgreSQL can't read all years that JavaScript can.
 */
export function readTime(text: string | null | undefined): Date | null {
  if (!text || !rfc3339.test(text)) return null;
  const time = new Date(text.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  return time.getTime() >= 0 && time.getTime() < timeLimit ? time : null;
}

/** The trimmed text if all of it is one http(s) URL; null otherwise. */
export function webAddress(text: string | null | undefined): string | null {
  const address = text?.trim();
  if (!address || /\s/.test(address)) return null;
  return ["http:", "https:"].includes(URL.parse(address)?.protocol ?? "") ? address : null;
}
