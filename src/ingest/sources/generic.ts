import type { ExpressionField } from "../../alert/expressions.ts";
import type { DedupIdentity } from "../../alert/report.ts";
import { jsonBytes } from "../cut-to-limits.ts";
import type { PickedField } from "../expressions/evaluation.ts";
import { identityOf, warningOf } from "../expressions/own-identity.ts";
import {
  hasNoOffset,
  isNothing,
  isObject,
  optionalTime,
  severityOf,
  webAddress,
} from "../fields/read-fields.ts";
import { finishReport } from "../finish-report.ts";
import {
  type ParsedItem,
  type PickedReader,
  type SourceDefaults,
  type SourceKind,
  takenReport,
  titleOf,
  type Warning,
} from "../source-kind.ts";

/** Any JSON. The source's expressions pick the fields (docs/behaviour.md#generic). */
export const generic: SourceKind = {
  kind: "generic",
  label: "Any JSON (expressions)",
  forAnyTool: true,
  setup:
    "Let the tool post its JSON to the URL, with the key in the header X-API-Key. Then choose Expressions in the menu of the source, paste what the tool sends, and say where its title, severity and other fields are.",
  reads: {
    identity: "window, or what the source's expressions pick",
    severities: "severity words, picked by an expression",
    ends: "a word such as resolved, ok or closed, picked by an expression",
    fields: "any, picked by expressions",
    retries: "as the tool does",
  },
  sample: { title: "A first report", severity: "LOW", host: "web-1" },
  parse: (given, source) => {
    const { title, severity } = isObject(given) ? given : {};
    return [readGeneric({ title: { value: title }, severity: { value: severity } }, given, source)];
  },
  readPicked: readGeneric,
};

type Fields = Parameters<PickedReader>[0];
type Warn = (field: ExpressionField, expected: string) => null;

/** Reads what the expressions picked from a report. Nothing makes it invalid: what can't be used becomes a warning. */
function readGeneric(fields: Fields, event: unknown, source: SourceDefaults): ParsedItem {
  const warnings: Warning[] = [];
  const warn: Warn = (field, expected) => {
    warnings.push(warningOf(field, expected, fields[field]));
    return null;
  };
  const text = (field: ExpressionField) => readText(field, fields[field], warn);
  const { severity, warning } = readPickedSeverity(fields.severity, source);
  const detectionName = text("detectionName");
  const detectionId = text("detectionId") ?? detectionName;
  const report = finishReport({
    says: readSays(fields.says, warn),
    title: titleOf(source, readTitle(text("title"), fields, warn), detectionName),
    severity,
    detection: detectionId ? { id: detectionId, name: detectionName } : null,
    identity: readIdentity(fields, warnings),
    logTypes: readTexts("logTypes", fields.logTypes, warn),
    tags: readTexts("tags", fields.tags, warn),
    description: text("description"),
    runbook: text("runbook"),
    reference: readAddress(text("reference"), warn),
    context: readContext(fields.context, event, warn),
    occurredAt: readPickedTime(fields.occurredAt, warn),
    event,
  });
  return takenReport(report, [warning, ...warnings]);
}

function isMissing({ value, fault }: PickedField = {}): boolean {
  return fault === undefined && isNothing(value);
}

function readTitle(title: string | null, fields: Fields, warn: Warn): string | null {
  return title ?? (fields.title && isMissing(fields.title) ? warn("title", "text that is not empty") : null);
}

/** Texts, numbers, booleans and lists of them. */
function readText(field: ExpressionField, picked: PickedField | undefined, warn: Warn): string | null {
  if (picked?.fault === undefined && isMissing(picked)) return null;
  const words = [picked?.value].flat().filter((one) => one !== null);
  const isText =
    picked?.fault === undefined && words.every((one) => /^(?:string|number|boolean)$/.test(typeof one));
  if (!isText) return warn(field, "text, a number, or a list of them");
  return words.join(", ").trim() || null;
}

function readTexts(field: ExpressionField, picked: PickedField | undefined, warn: Warn): string[] {
  if (picked?.fault === undefined && isMissing(picked)) return [];
  const given = picked?.fault === undefined ? [picked?.value].flat() : [null];
  const words = given.filter((one) => typeof one === "string" || typeof one === "number");
  if (words.length < given.length) warn(field, "a list of texts");
  return words.map(String);
}

function readPickedSeverity(picked: PickedField | undefined, source: SourceDefaults) {
  const { severity, warning } = severityOf(picked?.value, source);
  const isEmpty = picked?.fault !== undefined || picked?.value === undefined;
  if (!warning || !isEmpty) return { severity, warning };
  return { severity, warning: { ...warning, ...warningOf("severity", warning.expected, picked) } };
}

const sayings: Record<"firing" | "resolved", string[]> = {
  firing: ["firing", "open", "opened", "active", "alerting", "triggered", "problem", "down", "new"],
  resolved: ["resolved", "ok", "closed", "recovered", "recovery", "inactive", "normal", "up", "fixed"],
};

function readSays(picked: PickedField | undefined, warn: Warn): "firing" | "resolved" {
  if (!picked || isMissing(picked)) return "firing";
  const word = String(picked.value).trim().toLowerCase();
  if (sayings.resolved.includes(word)) return "resolved";
  if (!sayings.firing.includes(word)) warn("says", '"firing" or "resolved"');
  return "firing";
}

function readPickedTime(picked: PickedField | undefined, warn: Warn): Date | null {
  if (!picked || isMissing(picked)) return null;
  const time = picked.fault === undefined ? optionalTime.parse(picked.value) : null;
  if (time === null) return warn("occurredAt", "a time such as 2026-01-15T10:00:00Z");
  if (hasNoOffset(picked.value)) warn("occurredAt", "a time with its offset, such as Z; it was read as UTC");
  return time ?? null;
}

function readAddress(text: string | null, warn: Warn): string | null {
  return text === null ? null : (webAddress(text) ?? warn("reference", "an http or https address"));
}

/** Without an expression, the whole report, so that people can filter and silence by its fields. */
function readContext(picked: PickedField | undefined, event: unknown, warn: Warn): Record<string, unknown> {
  if (!picked) return isObject(event) ? event : {};
  if (isMissing(picked)) return {};
  return isObject(picked.value) && jsonBytes(picked.value) > 0
    ? picked.value
    : (warn("context", "an object") ?? {});
}

function readIdentity(fields: Fields, warnings: Warning[]): DedupIdentity | null {
  const { identity, warnings: found } = identityOf(fields, null);
  warnings.push(...found);
  return identity;
}
