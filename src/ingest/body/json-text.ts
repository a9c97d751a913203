import { type JsonLimits, jsonLimits } from "../../api/json-size.ts";
import { losesDigits } from "./number-digits.ts";
import { storableJson } from "./storable-json.ts";

/** 10,000 reports of 20 values. JSON.parse needs about 25 ms for them. */
const documentLimits: JsonLimits = { levels: jsonLimits.levels, values: 200_000 };

/** What should be JSON and is not, or has too much of it. */
export class UnreadableJson {
  readonly expected: string;

  constructor(expected: string) {
    this.expected = expected;
  }
}

/** Parses JSON in a field's text, as `readBody` parses a body. */
export function parseField(text: string): unknown {
  const json = storableJson(text.trim());
  const { value, end } = parseFrom(json, 0);
  return end === json.length ? value : new UnreadableJson("JSON and nothing after it");
}

/**
 * Parses the document that begins at `start` of a storable text; `end` is where it ends. Numbers that JavaScript would
 * round become texts of their digits, and what is nested too deeply a mark. Takes what other languages write, too: NaN
 * and Infinity, as texts, and control characters in strings.
 */
export function parseFrom(text: string, start: number): { value: unknown; end: number } {
  const span = scanDocument(text, start);
  return { value: parse(text, span), end: span.end };
}

interface Span {
  start: number;
  end: number;
  values: number;
  /** What is replaced before it is parsed, in order. */
  replaced: Replaced[];
}

interface Replaced {
  start: number;
  end: number;
  by: string;
}

function parse(text: string, { start, end, values, replaced }: Span): unknown {
  if (values > documentLimits.values)
    return new UnreadableJson(`JSON of at most ${documentLimits.values} values`);
  const whole = start === 0 && end === text.length ? text : text.slice(start, end);
  const json = replaced.length === 0 ? whole : withReplaced(text, { start, end, replaced });
  const parsed = tryParse(json);
  if (!(parsed instanceof UnreadableJson)) return parsed;
  const escaped = escapeControls(json);
  return escaped === json ? parsed : tryParse(escaped);
}

function tryParse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (fault) {
    if (fault instanceof SyntaxError) return new UnreadableJson(`JSON. ${fault.message}`);
    throw fault;
  }
}

function withReplaced(text: string, { start, end, replaced }: Omit<Span, "values">): string {
  let from = start;
  const pieces = replaced.map((one) => {
    const piece = text.slice(from, one.start) + one.by;
    from = one.end;
    return piece;
  });
  return [...pieces, text.slice(from, end)].join("");
}

/** Escapes control characters in strings; NUL becomes U+FFFD. */
function escapeControls(json: string): string {
  const pieces: string[] = [];
  let from = 0;
  for (let at = json.indexOf('"'); at !== -1; at = json.indexOf('"', from)) {
    const end = endOfString(json, at);
    pieces.push(json.slice(from, at), json.slice(at, end).replace(/\p{Cc}/gu, escapeControl));
    // The closing quote belongs to the next piece, but opens no string.
    pieces.push(json.slice(end, end + 1));
    from = end + 1;
  }
  return [...pieces, json.slice(from)].join("");
}

function escapeControl(control: string): string {
  const code = control.charCodeAt(0) || 0xfffd;
  return `\\u${code.toString(16).padStart(4, "0")}`;
}

const quote = 34;
const comma = 44;
const minus = 45;
const backslash = 92;
const upperI = 73;
const upperN = 78;
const lowerY = 121;

/**
 * Finds the end of the document that begins at `start`: where the brackets of an object or a list are closed, for
 * anything else the end of its line. Runs before JSON.parse, which needs over a second for 500,000 nested lists.
 */
function scanDocument(text: string, start: number): Span {
  if (!isOpener(text.charCodeAt(start)))
    return { start, end: indexOrEnd(text, "\n", start), values: 1, replaced: [] };
  const replaced: Replaced[] = [];
  let depth = 0;
  let values = 1;
  let at = start;
  do {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === comma) values++;
    else if (isOpener(code)) {
      values++;
      if (depth === documentLimits.levels) {
        const end = endOfNested(text, at);
        replaced.push({ start: at, end, by: tooDeep });
        at = end - 1;
      } else depth++;
    } else if (isCloser(code)) depth--;
    else if (code === minus || isDigit(code) || code === upperN || code === upperI) {
      const end = endOfNumber(text, at);
      if (needsQuotes(text, at, end)) replaced.push({ start: at, end, by: `"${text.slice(at, end)}"` });
      at = end - 1;
    }
    at++;
  } while (depth > 0 && at < text.length);
  return { start, end: Math.min(at, text.length), values, replaced };
}

const tooDeep = `"[cut]: more than ${documentLimits.levels} levels"`;

/** The end of the object or list that begins at `start`. */
function endOfNested(text: string, start: number): number {
  let depth = 0;
  let at = start;
  do {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (isOpener(code)) depth++;
    else if (isCloser(code)) depth--;
    at++;
  } while (depth > 0 && at < text.length);
  return Math.min(at, text.length);
}

/** A double keeps any 15 digits; an exponent may be out of its range, and Infinity and NaN are not JSON. */
function needsQuotes(text: string, start: number, end: number): boolean {
  const last = text.charCodeAt(end - 1);
  if (last === lowerY || last === upperN) return true;
  return (end - start > 15 || hasExponent(text, start, end)) && losesDigits(text.slice(start, end));
}

function isOpener(code: number): boolean {
  return code === 123 || code === 91;
}

function isCloser(code: number): boolean {
  return code === 125 || code === 93;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function hasExponent(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if ((text.charCodeAt(at) | 32) === 101) return true;
  return false;
}

const notNumbers = ["NaN", "Infinity", "-Infinity"];

/** The end of digits, points, signs and exponents, or of one of the words for what is no number. */
function endOfNumber(text: string, start: number): number {
  for (const word of notNumbers) if (text.startsWith(word, start)) return start + word.length;
  let at = start + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isPart = isDigit(code) || code === 46 || code === 43 || code === minus || (code | 32) === 101;
    if (!isPart) break;
  }
  return at;
}

/** The position of the quote that ends a string: one after an even number of backslashes. */
function endOfString(text: string, start: number): number {
  for (let at = start; ; ) {
    at = indexOrEnd(text, '"', at + 1);
    let before = at - 1;
    while (text.charCodeAt(before) === backslash) before--;
    if (at === text.length || (at - before) % 2 === 1) return at;
  }
}

/** Where `found` is, or the end of the text. */
export function indexOrEnd(text: string, found: string, from: number): number {
  const at = text.indexOf(found, from);
  return at === -1 ? text.length : at;
}
