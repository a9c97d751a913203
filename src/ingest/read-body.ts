import { isUtf8 } from "node:buffer";
import { parseDocuments } from "./body/json-documents.ts";
import { UnreadableJson } from "./body/json-text.ts";
import { storableJson } from "./body/storable-json.ts";
import { fitSample } from "./cut-to-limits.ts";
import { isObject } from "./fields/read-fields.ts";
import type { ParsedItem, ParseFailure, SourceKind, Warning } from "./source-kind.ts";
import type { Steps } from "./steps.ts";

export type ReadBody = { ok: true; body: unknown; badBytes: Warning | null } | ParseFailure;

/**
 * Parses the JSON of a request body and makes it safe to process and store. Ignores the content type, because
 * many tools send JSON as text/plain, and `curl -d` as a form. Several documents become one list, in which one that is
 * not JSON is an `UnreadableJson`. Pauses where others may have a turn.
 */
export function* readBody({ readForm }: Pick<SourceKind, "readForm">, bytes: Buffer): Steps<ReadBody> {
  const text = textOf(bytes);
  const form = readForm?.(text);
  yield;
  const json = storableJson(form ?? text);
  yield;
  const documents = yield* parseDocuments(json);
  const [first = new UnreadableJson("JSON. The body is empty")] = documents;
  const body = documents.length > 1 ? documents.flat() : first;
  if (body instanceof UnreadableJson) return { ok: false, field: "body", expected: body.expected };
  return { ok: true, body, badBytes: badBytes(bytes, { text, form }) };
}

/** Text in UTF-8, or in the UTF-16 of PowerShell, without its byte order mark. Bad bytes become U+FFFD. */
function textOf(bytes: Buffer): string {
  const utf16 = utf16Of(bytes);
  if (utf16) return new TextDecoder(utf16).decode(bytes);
  const text = bytes.toString();
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

function utf16Of(bytes: Buffer): "utf-16le" | "utf-16be" | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null;
}

const replacement = "\uFFFD";

/** What to say about bytes that are not UTF-8; null if all are. In a form they can be %-encoded. */
function badBytes(
  bytes: Buffer,
  { text, form }: { text: string; form: string | null | undefined },
): Warning | null {
  if (!utf16Of(bytes) && !isUtf8(bytes)) return badText(`byte ${firstBadByte(bytes)}`);
  const inForm = form?.includes(replacement) && !/\uFFFD|%ef%bf%bd/i.test(text);
  return inForm ? badText("a %-encoded byte of the form") : null;
}

function badText(where: string): Warning {
  return { field: "body", expected: `text in UTF-8; ${where} is not` };
}

const compareBytes = 64 * 1024;

/** Decoding replaces bad bytes by U+FFFD, so the encoded text differs from the first one on. */
function firstBadByte(bytes: Buffer): number {
  const encoded = Buffer.from(bytes.toString());
  const piece = (of: Buffer, start: number) => of.subarray(start, start + compareBytes);
  let start = 0;
  while (piece(bytes, start).equals(piece(encoded, start))) start += compareBytes;
  return start + piece(bytes, start).findIndex((byte, at) => byte !== encoded[start + at]);
}

/** Adds the warning to the reports in which bytes were replaced, and marks their samples. */
export function* markBadBytes(items: readonly ParsedItem[], warning: Warning): Steps<ParsedItem[]> {
  const marked: ParsedItem[] = [];
  for (const item of items) {
    yield;
    marked.push(item.ok && JSON.stringify(item.report).includes(replacement) ? mark(item, warning) : item);
  }
  return marked;
}

function mark({ report, warnings = [] }: Extract<ParsedItem, { ok: true }>, warning: Warning): ParsedItem {
  const event = isObject(report.event) ? report.event : { event: report.event };
  const note = { "[not UTF-8]": `bytes that are not UTF-8 became ${replacement}` };
  return {
    ok: true,
    report: { ...report, event: fitSample({ ...note, ...event }) },
    warnings: [...warnings, warning],
  };
}
