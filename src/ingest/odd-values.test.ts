import { expect, test } from "vitest";
import { recordedOf } from "../../test/read-recorded.ts";
import { isObject, readSeverity } from "./fields/read-fields.ts";
import { markBadBytes, readBody } from "./read-body.ts";
import type { ParsedItem, SourceKind } from "./source-kind.ts";
import { parseReports, sourceKinds } from "./source-kinds.ts";
import { atOnce } from "./steps.ts";

type Path = (string | number)[];

/** In the text of a body, where a value is put that JSON.stringify would not write. */
const place = "\u2400";
const number = "987654";
const odd = [number, "true", "null", '""', `"yesterday ${number}"`, `{"odd":${number}}`, `["odd",${number}]`];
/** It reads texts for people, which may say anything. */
const silentStill = ["slack-webhook"];

/** Bodies are parsed as by the ingest route. The default is a severity that no sample has. */
const source = { defaultSeverity: "INFO", name: "The source" } as const;

test.each(sourceKinds)(
  "$kind takes odd values in any field, says what it can't read, and loses no neighbour",
  (kind) => {
    for (const { start, items, fields } of payloadsOf(kind)) {
      for (const { path, whole, withValue } of fields) {
        const [before, ...parsed] = parseEach(kind, [start, ...odd.map(withValue), start]);
        expect(same(before, items) && same(parsed.pop(), items), path.join(".")).toBe(true);
        for (const [at, value] of odd.entries()) {
          const where = `${path.join(".")}: ${value}`;
          for (const [index, item] of parsed[at]?.entries() ?? []) {
            if (!item.ok) {
              if (!mayBeInvalid(kind, { path, whole, value })) expect.fail(`${where}: ${item.expected}`);
            } else if (!silentStill.includes(kind.kind)) expectHeard(items[index], item, { value, where });
          }
        }
      }
    }
  },
);

test.each(sourceKinds)("$kind takes a request with an odd value in each field of its reports", (kind) => {
  for (const { start, all } of payloadsOf(kind)) {
    const changed = all.map(({ withValue }, n) => withValue(odd[n % odd.length] ?? ""));
    const texts = [start, ...changed, start];
    expect(parse(kind, `[${texts.join()}]`)).toEqual(parseEach(kind, texts).flat());
  }
});

test.each(sourceKinds)("$kind keeps all digits of a number in any field", (kind) => {
  const numbers = ["12345678901234567890", "-9007199254740993", "0.12345678901234567890", "1e400"];
  for (const { path, whole, withValue } of payloadsOf(kind).flatMap(({ fields }) => fields)) {
    if (isObject(whole) || Array.isArray(whole)) continue;
    const [without, ...parsed] = parseEach(kind, ['"other"', ...numbers].map(withValue));
    for (const [at, digits] of numbers.entries()) {
      const isKept = parsed[at]?.some(
        (item) => !item.ok || item.warnings || JSON.stringify(item.report).includes(digits),
      );
      if (!isKept && !same(parsed[at], without)) expect.fail(`${path.join(".")}: ${digits}`);
    }
  }
});

test.each(sourceKinds)(
  "$kind marks the report that has a byte which is not UTF-8, and no other one",
  (kind) => {
    for (const { start, items, fields } of payloadsOf(kind)) {
      for (const { path, whole, withValue } of fields) {
        if (typeof whole !== "string") continue;
        const given = withValue(JSON.stringify(`${whole}${place}`));
        const bytes = Buffer.from(`[${start},${given},${start}]`);
        const at = bytes.indexOf(place);
        bytes.fill(0xe4, at, at + 1).copyWithin(at + 1, at + 3);
        const parsed = parseBytes(kind, bytes.subarray(0, -2));
        const count = items.length;
        const isAlone = same(parsed.slice(0, count), items) && same(parsed.slice(-count), items);
        if (!isAlone) expect.fail(`${path.join(".")}: a neighbour was changed`);
        for (const item of parsed.filter((one) => JSON.stringify(one).includes("\uFFFD")))
          expect(item, path.join(".")).toMatchObject({
            ok: true,
            report: { event: { "[not UTF-8]": expect.any(String) } },
            warnings: expect.arrayContaining([
              { field: "body", expected: `text in UTF-8; byte ${at} is not` },
            ]),
          });
      }
    }
  },
);

test.each(sourceKinds)(
  "$kind takes reports line by line and one after the other, around a broken one",
  (kind) => {
    const start = JSON.stringify(kind.sample);
    const one = parse(kind, start);
    expect(parse(kind, `\uFEFF${start}\r\n\r\n${start}\r\n`)).toEqual([...one, ...one]);
    expect(parse(kind, start + start)).toEqual([...one, ...one]);
    expect(parse(kind, `${start}\n${start.slice(0, -1)}\n${start}`)).toEqual([
      ...one,
      { ok: false, field: "body", expected: expect.stringContaining("JSON") },
      ...one,
    ]);
  },
);

interface Payload {
  /** The text of the payload. */
  start: string;
  items: ParsedItem[];
  /** At any depth. */
  all: Field[];
  /** Those that no earlier payload with the same members has at the same place. */
  fields: Field[];
}

interface Field {
  path: Path;
  whole: unknown;
  /** The text of the payload with this text in place of the field's value. */
  withValue(text: string): string;
}

/** The kind's sample and recorded payloads. */
function payloadsOf(kind: SourceKind): Payload[] {
  const seen = new Set<string>();
  return [kind.sample, ...recordedOf(kind.kind).flatMap(({ body }) => body)].map((body) => {
    const start = JSON.stringify(body);
    const members = Object.keys(Object(body)).sort();
    const all = pathsIn(body).map(({ path, whole }) => {
      const [before = "", after = ""] = around(start, path);
      return { path, whole, withValue: (text: string) => before + text + after };
    });
    const fields = all.filter(({ path }) => {
      const where = JSON.stringify([members, path.map((key) => (typeof key === "number" ? 0 : key))]);
      return seen.size < seen.add(where).size;
    });
    return { start, items: parse(kind, start), all, fields };
  });
}

function pathsIn(value: unknown, path: Path = []): { path: Path; whole: unknown }[] {
  const inner = Array.isArray(value)
    ? value.slice(0, 2).entries()
    : isObject(value)
      ? Object.entries(value)
      : [];
  const own = path.length > 0 ? [{ path, whole: value }] : [];
  return [...own, ...[...inner].flatMap(([key, one]) => pathsIn(one, [...path, key]))];
}

/** The JSON text before and after the value. */
function around(json: string, path: Path): string[] {
  const body: unknown = JSON.parse(json);
  const last = path.at(-1) ?? "";
  const parent = path.slice(0, -1).reduce<unknown>((one, key) => Reflect.get(Object(one), key), body);
  Reflect.set(Object(parent), last, place);
  return JSON.stringify(body).split(`"${place}"`);
}

/** Reads the texts as one request, and parses each of its reports by itself. */
function parseEach(kind: SourceKind, texts: string[]): ParsedItem[][] {
  const read = atOnce(readBody(kind, Buffer.from(`[${texts.join()}]`)));
  if (!read.ok || !Array.isArray(read.body)) throw new Error("These texts are no list");
  return read.body.map((one) => atOnce(parseReports(kind, one, source)));
}

function parse(kind: SourceKind, text: string): ParsedItem[] {
  return parseBytes(kind, Buffer.from(text));
}

function parseBytes(kind: SourceKind, bytes: Buffer): ParsedItem[] {
  const read = atOnce(readBody(kind, bytes));
  if (!read.ok) return [read];
  const items = atOnce(parseReports(kind, read.body, source));
  return read.badBytes ? atOnce(markBadBytes(items, read.badBytes)) : items;
}

function same(some: ParsedItem[] | undefined, others: ParsedItem[] | undefined): boolean {
  return JSON.stringify(some) === JSON.stringify(others);
}

/** A report that can't be read at all: its envelope is gone, or a native one has no title. */
function mayBeInvalid(
  { kind }: SourceKind,
  { path, whole, value }: { path: Path; whole: unknown; value: string },
): boolean {
  if (silentStill.includes(kind)) return true;
  const isStructure = isObject(whole) || Array.isArray(whole);
  const isTitle = kind === "native" && path.join() === "title" && ["null", '""'].includes(value);
  // PagerDuty refuses a resolve without its key, too.
  const isKey = kind === "pagerduty-events" && path.join() === "dedup_key" && ["null", '""'].includes(value);
  return isStructure || isTitle || isKey;
}

/** The value is in the report, or there is a warning, or it says nothing and something else is used. */
function expectHeard(
  before: ParsedItem | undefined,
  item: ParsedItem,
  { value, where }: { value: string; where: string },
): void {
  if (!before?.ok || !item.ok) return;
  const warned = (item.warnings?.length ?? 0) > (before.warnings?.length ?? 0);
  const { severity, type, ...report } = item.report;
  const isKnown = readSeverity(JSON.parse(value)) === severity;
  if (severity !== before.report.severity && type !== "SYSTEM_ERROR")
    if (!warned && !isKnown) expect.fail(`${where}: severity ${severity} without a warning`);
  // Of an incident's rules the first one is its detection.
  const isFirstOfList = where.includes("relatedAnalyticRuleIds") && value.startsWith("[");
  const isSame = isFirstOfList || withoutRaw(item) === withoutRaw(before);
  const isNothing = ["null", '""'].includes(value);
  const isRead = JSON.stringify({ ...report, type, event: null }).includes(
    /\w+(?=\W*$)/.exec(value)?.[0] ?? "",
  );
  const isHeard = isSame || isNothing || isRead || isKnown || warned;
  if (!isHeard) expect.fail(`${where}: neither read nor warned of`);
}

function withoutRaw({ report }: Extract<ParsedItem, { ok: true }>): string {
  return JSON.stringify({ ...report, event: null, context: null });
}
