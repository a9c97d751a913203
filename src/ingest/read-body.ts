import { isUtf8 } from "node:buffer";
import { tooMuchJson } from "../api/json-size.ts";
import { isObject } from "./read-fields.ts";
import type { ParseFailure, SourceKind } from "./source-kind.ts";
import type { Steps } from "./steps.ts";

type ReadBody = { ok: true; body: unknown } | ParseFailure;

/**
 * Parses the JSON of a request body and makes it safe to process and store. Ignores the content type, because
 * many tools send JSON as text/plain, and `curl -d` as a form. Pauses where others may have a turn.
 */
export function* readBody({ readForm }: Pick<SourceKind, "readForm">, raw: Buffer): Steps<ReadBody> {
  if (!isUtf8(raw)) return invalidBody(`text in UTF-8; byte ${firstBadByte(raw)} is not`);
  const text = raw.toString().replace(/^\uFEFF/, "");
  const json = readForm?.(text) ?? text;
  yield;
  const tooMuch = tooMuchJson(json);
  if (tooMuch) return invalidBody(tooMuch);
  try {
    yield;
    const parsed: unknown = JSON.parse(json);
    yield;
    return { ok: true, body: clean(parsed) };
  } catch (fault) {
    if (fault instanceof SyntaxError) return invalidBody(`JSON. ${fault.message}`);
    throw fault;
  }
}

/** Decoding replaces bad bytes by U+FFFD, so the encoded text differs from the first one on. */
function firstBadByte(raw: Buffer): number {
  const encoded = Buffer.from(raw.toString());
  return raw.findIndex((byte, at) => byte !== encoded[at]);
}

function invalidBody(expected: string): ParseFailure {
  return { ok: false, field: "body", expected };
}

/**
 * Replaces NUL and lone surrogates, which PostgreSQL refuses, by U+FFFD in keys and values, and removes
 * `__proto__` keys against prototype pollution. Recursive, so the depth must be limited before.
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
