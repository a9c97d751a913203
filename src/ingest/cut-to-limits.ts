import { isObject } from "./read-fields.ts";

type JsonObject = Record<string, unknown>;

/** Tried in turn: one endless log line is the usual reason why an event is too big. */
const longestTexts = [10_000, 1000];
const namesTold = 5;
/** Room for the note: five names of 60 characters, six bytes each at worst, and its words. */
const noteBytes = 2000;

/**
 * The object in at most `limit` bytes of JSON (at least 3,000). Long texts are cut first, with a marker; if
 * that is not enough, the biggest fields go, and the field "[cut]" says which.
 */
export function fitObject(object: JsonObject, limit: number): JsonObject {
  if (jsonBytes(object) <= limit) return object;
  let shorter = object;
  for (const longest of longestTexts) {
    shorter = shortenFields(object, longest);
    if (jsonBytes(shorter) <= limit) return shorter;
  }
  return withoutBiggest(shorter, limit - noteBytes);
}

function shortenFields(object: JsonObject, longest: number): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, shorten(value, longest)]));
}

function shorten(value: unknown, longest: number): unknown {
  if (typeof value === "string") return cutText(value, longest);
  if (Array.isArray(value)) return value.map((entry) => shorten(entry, longest));
  return isObject(value) ? shortenFields(value, longest) : value;
}

function withoutBiggest(object: JsonObject, limit: number): JsonObject {
  const bySize = Object.entries(object)
    .map(([key, value]) => ({ key, bytes: jsonBytes([key, value]) }))
    .sort((a, b) => a.bytes - b.bytes);
  let room = limit;
  const fitting = bySize.findIndex(({ bytes }) => {
    room -= bytes;
    return room < 0;
  });
  const left = bySize.slice(fitting).reverse();
  const gone = new Set(left.map(({ key }) => key));
  const kept = Object.entries(object).filter(([key]) => !gone.has(key));
  return Object.fromEntries([...kept, ["[cut]", `left out for their size: ${names([...gone])}`]]);
}

function names(keys: string[]): string {
  const told = keys.slice(0, namesTold).map((key) => cutText(key, 60));
  const more = keys.length - told.length;
  return told.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** The list without blanks and repeats, bounded in length and in each entry; the last one says what is missing. */
export function cutList(entries: string[]): string[] {
  const kept = [...new Set(entries.map((entry) => entry.trim()))].filter(Boolean);
  if (kept.length <= limits.listEntries) return kept.map((entry) => cutText(entry, limits.text));
  const some = kept.slice(0, limits.listEntries - 1).map((entry) => cutText(entry, limits.text));
  return [...some, `… [${kept.length - some.length} more cut]`];
}

const marker = "… [cut]";

/** Text of at most `limit` UTF-16 units (at least the marker's 7), with a marker where the rest was cut off. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = limit - marker.length;
  const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
  return text.slice(0, splitsPair ? end - 1 : end) + marker;
}

/** What a tool sent, as a sample to look at; beyond the limit with markers instead of what is too big. */
export function fitSample(event: unknown): unknown {
  if (isObject(event)) return fitObject(event, limits.jsonBytes);
  const bytes = jsonBytes(event);
  return bytes <= limits.jsonBytes ? event : { "[cut]": `an event of ${bytes} bytes` };
}

export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? "");
}

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
