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
 * round become texts of their digits.
 */
export function parseFrom(text: string, start: number): { value: unknown; end: number } {
  const span = scanDocument(text, start);
  return { value: parse(text, span), end: span.end };
}

interface Span {
  start: number;
  end: number;
  /** What the document should be, if it has too many levels or values. */
  tooMuch: string | null;
  /** Where its numbers are that would be rounded. */
  rounded: [start: number, end: number][];
}

function parse(text: string, { start, end, tooMuch, rounded }: Span): unknown {
  if (tooMuch) return new UnreadableJson(tooMuch);
  try {
    const whole = start === 0 && end === text.length ? text : text.slice(start, end);
    return JSON.parse(rounded.length === 0 ? whole : quoted(text, { start, end, rounded }));
  } catch (fault) {
    if (fault instanceof SyntaxError) return new UnreadableJson(`JSON. ${fault.message}`);
    throw fault;
  }
}

/** The document with quotes around these numbers. */
function quoted(text: string, { start, end, rounded }: Pick<Span, "start" | "end" | "rounded">): string {
  const ends = [start, ...rounded.map(([, after]) => after)];
  const pieces = rounded.map(([from, to], at) => `${text.slice(ends[at], from)}"${text.slice(from, to)}"`);
  return [...pieces, text.slice(ends.at(-1), end)].join("");
}

const quote = 34;
const comma = 44;
const minus = 45;
const backslash = 92;

/**
 * Finds the end of the document that begins at `start`: where the brackets of an object or a list are closed, for
 * anything else the end of its line. Runs before JSON.parse, which needs over a second for 500,000 nested lists.
 */
function scanDocument(text: string, start: number): Span {
  if (!isOpener(text.charCodeAt(start)))
    return { start, end: indexOrEnd(text, "\n", start), tooMuch: null, rounded: [] };
  const rounded: Span["rounded"] = [];
  let depth = 0;
  let deepest = 0;
  let values = 1;
  let at = start;
  do {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === comma) values++;
    else if (isOpener(code)) {
      values++;
      depth++;
      if (depth > deepest) deepest = depth;
    } else if (isCloser(code)) depth--;
    else if (code === minus || isDigit(code)) {
      const end = endOfNumber(text, at);
      // A double keeps any 15 digits; an exponent may be out of its range.
      if ((end - at > 15 || hasExponent(text, at, end)) && losesDigits(text.slice(at, end)))
        rounded.push([at, end]);
      at = end - 1;
    }
    at++;
  } while (depth > 0 && at < text.length);
  return { start, end: Math.min(at, text.length), tooMuch: tooMuch(deepest, values), rounded };
}

function tooMuch(levels: number, values: number): string | null {
  if (levels > documentLimits.levels) return `JSON of at most ${documentLimits.levels} levels`;
  return values > documentLimits.values ? `JSON of at most ${documentLimits.values} values` : null;
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

/** The end of digits, points, signs and exponents. */
function endOfNumber(text: string, start: number): number {
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
