import { isObject } from "./fields/read-fields.ts";

type JsonObject = Record<string, unknown>;

/** Tried in turn: usually one long log line makes an event too large. */
const textLimits = [10_000, 1000];
const maxNames = 5;
/** For the note: five names of 60 characters with up to six bytes each, and its text. */
const noteBytes = 2000;

/**
 * Cuts an object to at most `limit` bytes of JSON (`limit` is at least 3,000): first its long texts, then it
 * drops the largest fields, which the field "[cut]" names.
 */
export function fitObject(object: JsonObject, limit: number): JsonObject {
  if (jsonBytes(object) <= limit) return object;
  let shorter = object;
  for (const longest of textLimits) {
    shorter = shortenFields(object, longest);
    if (shorter !== object && jsonBytes(shorter) <= limit) return shorter;
  }
  return withoutLargest(shorter, limit - noteBytes);
}

/** The object itself if all of its texts are short: copying one with very many fields takes long. */
function shortenFields(object: JsonObject, longest: number): JsonObject {
  const changed = Object.entries(object).flatMap(([key, value]) => {
    const shorter = shorten(value, longest);
    return shorter === value ? [] : [[key, shorter]];
  });
  return changed.length > 0 ? { ...object, ...Object.fromEntries(changed) } : object;
}

function shorten(value: unknown, longest: number): unknown {
  if (typeof value === "string") return cutText(value, longest);
  if (Array.isArray(value)) {
    const shorter = value.map((entry) => shorten(entry, longest));
    return shorter.some((entry, at) => entry !== value[at]) ? shorter : value;
  }
  return isObject(value) ? shortenFields(value, longest) : value;
}

function withoutLargest(object: JsonObject, limit: number): JsonObject {
  const bySize = Object.entries(object)
    .map(([key, value]) => ({ key, bytes: jsonBytes([key, value]) }))
    .sort((a, b) => a.bytes - b.bytes);
  let remaining = limit;
  const fitting = bySize.findIndex(({ bytes }) => {
    remaining -= bytes;
    return remaining < 0;
  });
  const dropped = bySize.slice(fitting).reverse();
  const droppedKeys = new Set(dropped.map(({ key }) => key));
  const kept = Object.entries(object).filter(([key]) => !droppedKeys.has(key));
  return Object.fromEntries([
    ...kept,
    ["[cut]", `left out because of their size: ${names([...droppedKeys])}`],
  ]);
}

function names(keys: string[]): string {
  const listed = keys.slice(0, maxNames).map((key) => cutText(key, 60));
  const more = keys.length - listed.length;
  return listed.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/**
 * Removes blank and repeated entries, and cuts the list and each entry; the last entry says how many are
 * missing.
 */
export function cutList(entries: string[]): string[] {
  const kept = [...new Set(entries.map((entry) => entry.trim()))].filter(Boolean);
  if (kept.length <= limits.listEntries) return kept.map((entry) => cutText(entry, limits.text));
  const some = kept.slice(0, limits.listEntries - 1).map((entry) => cutText(entry, limits.text));
  return [...some, `… [${kept.length - some.length} more cut]`];
}

const marker = "… [cut]";

/** Cuts text to at most `limit` UTF-16 units (`limit` is at least 7) and marks the cut. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = limit - marker.length;
  const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
  return text.slice(0, splitsPair ? end - 1 : end) + marker;
}

/** Cuts the original event to the size of a sample. */
export function fitSample(event: unknown): unknown {
  if (isObject(event)) return fitObject(event, limits.jsonBytes);
  const bytes = jsonBytes(event);
  return bytes <= limits.jsonBytes ? event : { "[cut]": `an event of ${bytes} bytes` };
}

export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? "");
}

/** Limits of reports (docs/behaviour.md#the-alert) and requests. Texts are counted in UTF-16 units. */
export const limits = {
  text: 1000,
  longText: 10_000,
  listEntries: 100,
  destinations: 10,
  samples: 10,
  jsonBytes: 200 * 1024,
  /** Of a body as it is sent. */
  bodyBytes: 1024 * 1024,
  /** Of a body when its Content-Encoding is undone. */
  decodedBytes: 10 * 1024 * 1024,
  reportsAtOnce: 10_000,
  /** JSON.stringify overflows the stack before 5,000 levels; real events stay under 30. */
  jsonLevels: 100,
} as const;
