import { limits } from "../cut-to-limits.ts";
import type { Steps } from "../steps.ts";
import { indexOrEnd, parseFrom, UnreadableJson } from "./json-text.ts";

/**
 * Parses a storable text of JSON documents: one as a rule, one per line (NDJSON), or one after the other. One that can't
 * be read is an `UnreadableJson`, and costs no other one.
 */
export function* parseDocuments(text: string): Steps<unknown[]> {
  const documents: unknown[] = [];
  for (let at = skipSeparators(text, 0); at < text.length; ) {
    if (documents.length % documentsPerStep === 0) yield;
    if (documents.length > limits.reportsAtOnce) return documents;
    const { value, end } = parseFrom(text, at);
    const lines = value instanceof UnreadableJson ? yield* parseLines(text.slice(at), end - at) : [];
    if (lines.length > 0) return [...documents, ...lines];
    documents.push(value);
    at = skipSeparators(text, end);
  }
  return documents;
}

const documentsPerStep = 20;

/**
 * Each line by itself, from a broken document on, which seems to end at `end`: where it really ends is not known. None if
 * no other document can begin inside of it.
 */
function* parseLines(text: string, end: number): Steps<unknown[]> {
  const documents: unknown[] = [];
  if (!/\n[[{]/.test(text.slice(0, end))) return documents;
  for (let at = 0, count = 0; at < text.length && documents.length <= limits.reportsAtOnce; count++) {
    if (count % documentsPerStep === 0) yield;
    const lineEnd = indexOrEnd(text, "\n", at);
    const line = text.slice(at, lineEnd);
    // Those of a list with a report per line.
    const isBrackets = /^[\s[\]{},]*$/.test(line);
    if (!isBrackets) documents.push(parseLine(line));
    at = lineEnd + 1;
  }
  return documents;
}

function parseLine(line: string): unknown {
  const { value, end } = parseFrom(line, skipSeparators(line, 0));
  return skipSeparators(line, end) === line.length
    ? value
    : new UnreadableJson("one document of JSON per line");
}

/** White space, byte order marks, commas, and the record separator of JSON text sequences (RFC 7464). */
const separators = " \n\r\t\uFEFF,\x1e";

function skipSeparators(text: string, from: number): number {
  let at = from;
  while (at < text.length && separators.includes(text.charAt(at))) at++;
  return at;
}
