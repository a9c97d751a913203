import { z } from "zod";
import { UnreadableJson } from "../body/json-text.ts";
import { limits } from "../cut-to-limits.ts";
import { shortIdentity } from "../finish-report.ts";
import { readBody } from "../read-body.ts";
import type { ParsedItem, ParseFailure, PickedReader, SourceDefaults, SourceKind } from "../source-kind.ts";
import { parseReports, withUnknownSeverity } from "../source-kinds.ts";
import { atOnce, inTurns, type Steps } from "../steps.ts";
import type { Death, Picked } from "./evaluation.ts";
import { identityOf } from "./own-identity.ts";
import type { BodyToPick, PickedBody, PickedReport } from "./pick-reports.ts";

/** A source with expressions. */
interface Given {
  kind: SourceKind;
  source: SourceDefaults;
  expressions: BodyToPick["expressions"];
  /** From `readBody`. */
  body: unknown;
}

type Pick = (body: BodyToPick) => Promise<PickedBody>;

/**
 * Parses a body whose source has expressions: those of `generic` pick all fields, those of other kinds the identity.
 * Returns one item per report, in order.
 */
export function parseWithExpressions(pick: Pick, given: Given): Promise<ParsedItem[]> {
  const { readPicked } = given.kind;
  return readPicked ? parsePicked(pick, given, readPicked) : parseThenIdentify(pick, given);
}

async function parsePicked(
  pick: Pick,
  { kind, source, expressions, body }: Given,
  readPicked: PickedReader,
): Promise<ParsedItem[]> {
  const elements = [body].flat();
  const events = elements.filter(isReadable);
  const isCountRight = events.length > 0 && elements.length <= limits.reportsAtOnce;
  if (!isCountRight) return atOnce(parseReports(kind, body, source));
  const picked = await pick({ expressions, body: readableJson(body), reports: null });
  const readOne = (report: PickedReport, index: number): ParsedItem => {
    if (report.kind === "ended") return endedFailure(report.of);
    const read = readPickedJson(report.json);
    if ("ok" in read) return read;
    return readPicked(read.fields, "event" in read ? read.event : events[index], source);
  };
  const items = await inTurns(itemsOf(picked, readOne));
  return withUnreadable(items, elements, { inPlace: picked.kind === "reports" && !expressions.reports });
}

function* itemsOf(
  picked: PickedBody,
  readOne: (report: PickedReport, index: number) => ParsedItem,
): Steps<ParsedItem[]> {
  if (picked.kind !== "reports") return [failureOf(picked)];
  if (picked.reports.length === 0) return [noReports];
  const items: ParsedItem[] = [];
  for (const [index, report] of picked.reports.entries()) {
    if (index % reportsPerStep === 0) yield;
    items.push(withUnknownSeverity(readOne(report, index)));
  }
  return items;
}

/** About a millisecond for reports of usual size. */
const reportsPerStep = 20;

function isReadable(document: unknown): boolean {
  return !(document instanceof UnreadableJson);
}

/** JSON of the body, without documents that are not JSON. */
function readableJson(body: unknown): string {
  return JSON.stringify(Array.isArray(body) ? body.filter(isReadable) : body);
}

/** The items with the documents that are not JSON: in their place, or at the end if an expression found the reports. */
function withUnreadable(
  items: ParsedItem[],
  elements: unknown[],
  { inPlace }: { inPlace: boolean },
): ParsedItem[] {
  const rest = items.values();
  const inOrder = elements.flatMap((one): ParsedItem[] => {
    if (one instanceof UnreadableJson) return [{ ok: false, field: "body", expected: one.expected }];
    const next = inPlace ? rest.next().value : undefined;
    return next ? [next] : [];
  });
  return [...(inPlace ? [] : items), ...inOrder];
}

const noReports: ParseFailure = {
  ok: false,
  field: "reports",
  expected: "at least one report; the expression found none",
};

/** A report whose identity can't be picked keeps that of its kind: its loss would be worse. */
async function parseThenIdentify(
  pick: Pick,
  { kind, source, expressions, body }: Given,
): Promise<ParsedItem[]> {
  const items = await inTurns(parseReports(kind, body, source));
  const events = items.flatMap((item) => (item.ok ? [item.report.event] : []));
  if (events.length === 0) return items;
  const picked = await pick({ expressions, body: readableJson(body), reports: JSON.stringify(events) });
  return inTurns(identifyAll(items, picked.kind === "reports" ? picked.reports : []));
}

function* identifyAll(items: ParsedItem[], picked: PickedReport[]): Steps<ParsedItem[]> {
  const results = picked.values();
  const identified: ParsedItem[] = [];
  for (const [index, item] of items.entries()) {
    if (index % reportsPerStep === 0) yield;
    identified.push(item.ok ? identify(item, results.next().value) : item);
  }
  return identified;
}

function identify(item: Extract<ParsedItem, { ok: true }>, picked: PickedReport | undefined): ParsedItem {
  const read = picked?.kind === "picked" ? readPickedJson(picked.json) : endedFailure(picked?.of ?? "budget");
  if ("ok" in read) {
    const warnings = [...(item.warnings ?? []), { field: read.field, expected: read.expected }];
    return { ...item, warnings };
  }
  const { identity, warnings } = identityOf(read.fields, item.report.identity);
  const all = [...(item.warnings ?? []), ...warnings];
  const report = { ...item.report, identity: shortIdentity(identity ?? item.report.identity) };
  return { ...item, report, ...(all.length > 0 && { warnings: all }) };
}

const pickedField = z.object({
  value: z.unknown().optional(),
  fault: z.string().optional(),
  at: z.number().optional(),
  read: z
    .object({ path: z.array(z.union([z.string(), z.number()])), has: z.array(z.string()).optional() })
    .optional(),
});
const pickedJson = z.object({ event: z.unknown().optional(), fields: z.record(z.string(), pickedField) });

/** Expressions can make what no source may send: lone surrogates, or hundreds of levels. */
export function readPickedJson(json: string): Picked | ParseFailure {
  const read = atOnce(readBody({}, Buffer.from(json)));
  if (!read.ok)
    return { ok: false, field: "expressions", expected: `expressions that give ${read.expected}` };
  return pickedJson.parse(read.body);
}

function failureOf(picked: Exclude<PickedBody, { kind: "reports" }>): ParseFailure {
  switch (picked.kind) {
    case "no-reports":
      return {
        ok: false,
        field: "reports",
        expected: `a list of reports; the expression failed: ${picked.field.fault}`,
      };
    case "bad": {
      const [first] = picked.bad;
      return {
        ok: false,
        field: first?.field ?? "expressions",
        expected: `a JSONata expression: ${first?.fault}`,
      };
    }
    default:
      return picked satisfies never;
  }
}

const deaths: Record<Death, string> = {
  time: "expressions that take at most 50 ms for a report",
  memory: "expressions that take at most 32 MB",
  budget: "expressions that take at most 2 s for a body, and of which few run away",
};

export function endedFailure(of: Death): ParseFailure {
  return { ok: false, field: "expressions", expected: deaths[of] };
}
