import fc from "fast-check";
import { expect, test } from "vitest";
import { recordedOf } from "../../test/read-recorded.ts";
import type { Report } from "../alert/report.ts";
import { limits } from "./cut-to-limits.ts";
import { isObject } from "./fields/read-fields.ts";
import { readBody } from "./read-body.ts";
import type { SourceKind } from "./source-kind.ts";
import { parseReports, sourceKinds } from "./source-kinds.ts";
import { atOnce } from "./steps.ts";

test.each(sourceKinds)(
  "$kind parses any JSON without an exception, and its reports can be stored",
  (kind) => {
    let parsed = 0;
    fc.assert(
      fc.property(anyBody(kind), (body) => {
        const reports = parse(kind, JSON.stringify(body));
        for (const report of reports) expectStorable(report);
        parsed += reports.length;
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 25) },
    );
    expect(parsed).toBeGreaterThan(5);
    expect(Object.keys(Object.prototype)).toEqual([]);
  },
);

// A quadratic loop would take half a minute for a single body, and run into the timeout.
test.each(sourceKinds)(
  "$kind parses large bodies in less than quadratic time",
  { timeout: 30_000 },
  (kind) => {
    for (const { text, body } of heavyBodies) {
      kind.readForm?.(text);
      expect(reportsIn(kind, body).flatMap(beyondLimits)).toEqual([]);
    }
  },
);

/** The valid reports in a body, parsed as by the ingest route. */
function parse(kind: SourceKind, text: string): Report[] {
  const read = atOnce(readBody(kind, Buffer.from(text)));
  return read.ok ? reportsIn(kind, read.body) : [];
}

function reportsIn(kind: SourceKind, body: unknown): Report[] {
  const items = atOnce(parseReports(kind, body, { defaultSeverity: "MEDIUM" }));
  return items.flatMap((item) => (item.ok ? item.report : []));
}

/** Any UTF-16, lone surrogates too. */
const anyText = fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units));

/** Arbitrary JSON, and real payloads with some fields replaced by arbitrary JSON. */
function anyBody(kind: SourceKind): fc.Arbitrary<unknown> {
  const starts = [kind.sample, ...recordedOf(kind.kind).map(({ body }) => body)].filter(isObject);
  const json = fc.jsonValue({ maxDepth: 4 });
  const nasty = fc.constantFrom("\0", "\ud83d", "x\udc00", "", "x".repeat(20_000), {
    a: `\0${"漢".repeat(99_000)}\ud83d`,
  });
  const key = fc.constantFrom(
    ...starts.flatMap((start) => Object.keys(start)),
    "__proto__",
    "constructor",
    "blocks",
    "events",
  );
  const change = fc.dictionary(key, fc.oneof(json, nasty, anyText), { maxKeys: 3 });
  const changed = fc
    .tuple(fc.constantFrom(...starts), change)
    .map(([start, fields]) => ({ ...start, ...fields }));
  return fc.oneof(json, changed, fc.array(changed, { maxLength: 3 }));
}

function expectStorable(report: Report): void {
  expect(beyondLimits(report)).toEqual([]);
  expect(JSON.stringify(report)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
}

/** The parts of a report that are larger than its limits. */
function beyondLimits(report: Report): string[] {
  const { title, detectionId, detectionName, identity, description, runbook, reference } = report;
  const id = identity.kind === "named" ? identity.id : identity.dedupString;
  const isLong = (limit: number) => (text: string | null) => (text?.length ?? 0) > limit;
  const isLarge = (json: unknown) => Buffer.byteLength(JSON.stringify(json)) > limits.jsonBytes;
  const texts = [title, detectionId, detectionName, id, reference, ...report.logTypes, ...report.tags];
  return Object.entries({
    "a text": texts.some(isLong(limits.text)),
    "a long text": [description, runbook].some(isLong(limits.longText)),
    "no title": title.trim() === "",
    "a list": Math.max(report.tags.length, report.logTypes.length) > limits.listEntries,
    "the context": isLarge(report.context),
    "the event": isLarge(report.event),
  }).flatMap(([what, isBeyond]) => (isBeyond ? what : []));
}

/**
 * Each body targets a loop or a regular expression that could be quadratic. A quarter of the largest body is
 * enough: quadratic code takes half a minute for it instead of milliseconds.
 */
const heavyBytes = limits.bodyBytes / 4;
const heavyBodies = [
  ...["<", "<https://a|", "@a", "@a ", "&amp;", "\n", " \t", "漢"].map((piece) => {
    const text = repeat(piece, heavyBytes / 3);
    return JSON.stringify({ title: `a${text}`, severity: "LOW", text, description: text });
  }),
  `[${repeat("{},", heavyBytes / 4)}{}]`,
  `{"version":"4","alerts":[${repeat('{"labels":{"alertname":"a"}},', heavyBytes)}{}]}`,
  `{"title":"a","severity":"LOW","text":"a","alertContext":{${numbered((n) => `"k${n}":1`)}}}`,
  `{"title":"a","severity":"LOW","tags":[${numbered((n) => `"${n}"`)}]}`,
  `{"text":"a","attachments":[{"fields":[${repeat('{"title":"a","value":"b"},', heavyBytes)}{}]}]}`,
  `{"text":"a","attachments":[${repeat('{"text":"b"},', heavyBytes)}{}]}`,
].map((text) => ({ text, body: bodyOf(text) }));

/** Read once for all kinds. */
function bodyOf(text: string): unknown {
  const read = atOnce(readBody({}, Buffer.from(text)));
  if (!read.ok) throw new Error(`A heavy body should be ${read.expected}`);
  return read.body;
}

function repeat(piece: string, bytes: number): string {
  return piece.repeat(bytes / Buffer.byteLength(piece));
}

function numbered(entry: (n: number) => string): string {
  return Array.from({ length: heavyBytes / 10 }, (_, n) => entry(n)).join(",");
}
