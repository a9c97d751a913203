import { isObject } from "./safe/is-object.ts";
import { cutText } from "./fit/cut-text.ts";
import { jsonBytes } from "./fit/json-bytes.ts";

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
