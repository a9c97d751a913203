import { isUtf8 } from "node:buffer";
import type { SourceKind } from "../alert/report.ts";
import { limits } from "./cut-to-limits.ts";
import { isObject } from "./read-fields.ts";
import type { NotUnderstood } from "./source-kind.ts";

type ReadBody = { ok: true; body: unknown } | NotUnderstood;

/**
 * The JSON value of a request's body, safe to work with and to store. The content type plays no part: half
 * of the tools send JSON as text/plain, and `curl -d` calls it a form.
 */
export function readBody(kind: SourceKind, raw: Buffer): ReadBody {
  if (!isUtf8(raw)) return refuse(`text in UTF-8; byte ${firstBadByte(raw)} is not`);
  const text = raw.toString().replace(/^\uFEFF/, "");
  const json = kind === "slack-webhook" ? (formPayload(text) ?? text) : text;
  if (deeperThan(json, limits.jsonLevels)) return refuse(`JSON of at most ${limits.jsonLevels} levels`);
  try {
    return { ok: true, body: clean(JSON.parse(json)) };
  } catch (fault) {
    if (fault instanceof SyntaxError) return refuse(`JSON. ${fault.message}`);
    throw fault;
  }
}

/** Slack's older form, `payload={…}` percent-encoded. JSON can't begin like that. */
function formPayload(text: string): string | null {
  return /^[\w.+%-]+=/.test(text) ? new URLSearchParams(text).get("payload") : null;
}

/** Decoding puts U+FFFD in the place of bad bytes, so the two differ from there on. */
function firstBadByte(raw: Buffer): number {
  const again = Buffer.from(raw.toString());
  return raw.findIndex((byte, at) => byte !== again[at]);
}

function refuse(expected: string): NotUnderstood {
  return { ok: false, field: "body", expected };
}

/**
 * The same JSON with what PostgreSQL refuses (NUL and lone surrogates, in keys too) replaced by U+FFFD, and
 * without `__proto__`, which some code further on might take for a prototype. Expects a bounded depth.
 */
function clean(value: unknown): unknown {
  if (typeof value === "string") return cleanText(value);
  if (Array.isArray(value)) return value.map(clean);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "__proto__");
  return Object.fromEntries(entries.map(([key, inner]) => [cleanText(key), clean(inner)]));
}

function cleanText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\uFFFD");
}

/**
 * True when JSON text nests deeper than `levels`. It looks before anything is parsed: JSON.parse needs more
 * than a second for 500,000 nested lists, and what comes after it would overflow the stack.
 */
function deeperThan(json: string, levels: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (inString && character === "\\") at++;
    else if (character === '"') inString = !inString;
    else if (inString) continue;
    else if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth--;
    if (depth > levels) return true;
  }
  return false;
}
