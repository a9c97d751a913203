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

test.each(sourceKinds)(
  "$kind takes odd values in any field, says what it can't read, and loses no neighbour",
  (kind) => {
    for (const { start, path, whole } of fieldsOf(kind)) {
      for (const value of odd) {
        const where = `${path.join(".")}: ${value}`;
        const [before, items, after] = between(kind, start, withValue(start, path, value));
        expect(before.concat(after), where).toEqual(parse(kind, start).concat(parse(kind, start)));
        for (const [index, item] of items.entries()) {
          if (!item.ok)
            expect(mayBeInvalid(kind, path, whole, value), `${where}: ${item.expected}`).toBe(true);
          else if (!silentStill.includes(kind.kind))
            expectHeard(parse(kind, start)[index], item, { value, where });
        }
      }
    }
  },
);

test.each(sourceKinds)("$kind keeps all digits of a number in any field", (kind) => {
  for (const digits of ["12345678901234567890", "-9007199254740993", "0.12345678901234567890", "1e400"]) {
    for (const { start, path, whole } of fieldsOf(kind)) {
      if (isObject(whole) || Array.isArray(whole)) continue;
      const items = parse(kind, withValue(start, path, digits));
      const isKept = items.some(
        (item) => !item.ok || item.warnings || JSON.stringify(item.report).includes(digits),
      );
      const isLeftOut = same(items, parse(kind, withValue(start, path, '"other"')));
      expect(isKept || isLeftOut, `${path.join(".")}: ${digits}`).toBe(true);
    }
  }
});

test.each(sourceKinds)(
  "$kind marks the report that has a byte which is not UTF-8, and no other one",
  (kind) => {
    for (const { start, path, whole } of fieldsOf(kind)) {
      if (typeof whole !== "string") continue;
      const given = withValue(start, path, JSON.stringify(`${whole}${place}`));
      const bytes = Buffer.from(`[${start},${given},${start}]`);
      const at = bytes.indexOf(place);
      const [before, items, after] = inThree(
        parseBytes(kind, Buffer.concat([bytes.subarray(0, at), Buffer.from([0xe4]), bytes.subarray(at + 3)])),
      );
      expect(before.concat(after), path.join(".")).toEqual(parse(kind, start).concat(parse(kind, start)));
      for (const item of items.filter((one) => JSON.stringify(one).includes("\uFFFD")))
        expect(item, path.join(".")).toMatchObject({
          ok: true,
          report: { event: { "[not UTF-8]": expect.any(String) } },
          warnings: expect.arrayContaining([{ field: "body", expected: `text in UTF-8; byte ${at} is not` }]),
        });
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

/** Each field of the kind's sample and recorded payloads, at any depth, with the text of its payload. */
function fieldsOf(kind: SourceKind): { start: string; path: Path; whole: unknown }[] {
  return [kind.sample, ...recordedOf(kind.kind).flatMap(({ body }) => body)].flatMap((body) =>
    pathsIn(body).map(({ path, whole }) => ({ start: JSON.stringify(body), path, whole })),
  );
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

/** The JSON text with this text in place of the value. */
function withValue(json: string, path: Path, value: string): string {
  const body: unknown = JSON.parse(json);
  const last = path.at(-1) ?? "";
  const parent = path.slice(0, -1).reduce<unknown>((one, key) => Reflect.get(Object(one), key), body);
  Reflect.set(Object(parent), last, place);
  return JSON.stringify(body).replace(`"${place}"`, value);
}

function parse(kind: SourceKind, text: string): ParsedItem[] {
  return parseBytes(kind, Buffer.from(text));
}

/** Parsed as by the ingest route. The default is a severity that no sample has. */
function parseBytes(kind: SourceKind, bytes: Buffer): ParsedItem[] {
  const read = atOnce(readBody(kind, bytes));
  if (!read.ok) return [read];
  const items = atOnce(parseReports(kind, read.body, { defaultSeverity: "INFO", name: "The source" }));
  return read.badBytes ? atOnce(markBadBytes(items, read.badBytes)) : items;
}

function between(kind: SourceKind, start: string, changed: string) {
  return inThree(parse(kind, `[${start},${changed},${start}]`), parse(kind, start).length);
}

function inThree(items: ParsedItem[], count = items.length / 3) {
  return [items.slice(0, count), items.slice(count, -count), items.slice(-count)] as const;
}

function same(some: ParsedItem[], others: ParsedItem[]): boolean {
  return JSON.stringify(some) === JSON.stringify(others);
}

/** A report that can't be read at all: its envelope is gone, or a native one has no title. */
function mayBeInvalid({ kind }: SourceKind, path: Path, whole: unknown, value: string): boolean {
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
    expect(warned || isKnown, `${where}: severity ${severity} without a warning`).toBe(true);
  // Of an incident's rules the first one is its detection.
  const isFirstOfList = where.includes("relatedAnalyticRuleIds") && value.startsWith("[");
  const isSame = isFirstOfList || withoutRaw(item) === withoutRaw(before);
  const isNothing = ["null", '""'].includes(value);
  const isRead = JSON.stringify({ ...report, type, event: null }).includes(
    /\w+(?=\W*$)/.exec(value)?.[0] ?? "",
  );
  expect(isSame || isNothing || isRead || isKnown || warned, `${where}: neither read nor warned of`).toBe(
    true,
  );
}

function withoutRaw({ report }: Extract<ParsedItem, { ok: true }>): string {
  return JSON.stringify({ ...report, event: null, context: null });
}
