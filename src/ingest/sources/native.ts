import { z } from "zod";
import { limits } from "../cut-to-limits.ts";
import {
  anyValue,
  isNothing,
  isObject,
  optionalObject,
  optionalText,
  optionalTexts,
  optionalTime,
  severityOf,
  textOf,
  textsOf,
} from "../fields/read-fields.ts";
import { readObject } from "../fields/read-object.ts";
import { defaultPeriodMinutes, finishReport } from "../finish-report.ts";
import { type ParsedItem, type SourceDefaults, type SourceKind, takenReport } from "../source-kind.ts";

const maxPeriodMinutes = 7 * 24 * 60;

/** A field that `read` reads; null is what it can't read. */
function field<Value>(expected: string, read: (given: unknown) => Value | null) {
  return anyValue.transform((given) => (isNothing(given) ? undefined : read(given))).describe(expected);
}

const says = field('"firing" or "resolved"', (given) => {
  const word = textOf(given)?.toUpperCase();
  if (word === "RESOLVED") return "resolved";
  return word === "FIRING" || word === "OPEN" ? "firing" : null;
});

const period = field(`a whole number of minutes from 1 to ${maxPeriodMinutes}`, (given) => {
  const minutes = Number(textOf(given));
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= maxPeriodMinutes ? minutes : null;
});

const detection = field("an id, or an object with id and name", (given) => {
  if (!isObject(given)) return Array.isArray(given) ? null : { id: textOf(given) ?? "", name: null };
  const [id, name] = [textOf(given.id), textOf(given.name)];
  return id || name ? { id: id || name || "", name } : null;
});

const destinations = field(`a list of at most ${limits.destinations} names or ids, or "SKIP"`, (given) => {
  if (isSkip([textOf(given) ?? ""])) return [];
  const list = [given].flat();
  const names = list.flatMap((one) => (isObject(one) ? [] : textOf(one) || [])).slice(0, limits.destinations);
  // Losing them all must not mean the same as asking for none.
  if (list.length > 0 && names.length === 0) return null;
  return names;
});

const reports = field('an object of lists such as {"MITRE ATT&CK": ["T1110"]}', (given) => {
  if (!isObject(given)) return null;
  return Object.fromEntries(Object.entries(given).map(([framework, ids]) => [framework, textsOf(ids)]));
});

const payload = z.object(
  {
    title: optionalText,
    severity: anyValue,
    says,
    status: says,
    type: optionalText,
    detection,
    dedupString: optionalText,
    dedupPeriodMinutes: period,
    logTypes: optionalTexts,
    tags: optionalTexts,
    reports,
    description: optionalText,
    runbook: optionalText,
    reference: optionalText,
    context: optionalObject,
    destinations,
    eventTime: optionalTime,
    firstEventOccurredAt: optionalTime,
    event: anyValue,
    events: anyValue,
  },
  "an object with a title",
);

/** Tocsin's own format (docs/sources.md). Only the title is required; unknown fields stay in the sample event. */
export const native: SourceKind = {
  kind: "native",
  label: "Tocsin (JSON)",
  forAnyTool: true,
  setup: "Let your script post JSON to the URL, with the key in the header X-API-Key. A title is enough.",
  sample: { title: "A first report", severity: "LOW", description: "Sent with curl" },
  reads: {
    identity: "detection and dedupString (default: the title), for dedupPeriodMinutes (default: 60)",
    severities: "severity; the usual words",
    ends: "status or says resolved",
    fields: "those of an alert, in camelCase; only title is required",
    retries: "yours; an Idempotency-Key makes a repeated request count once",
  },
  parse: parseNative,
};

function parseNative(given: unknown, source: SourceDefaults): ParsedItem[] {
  const read = readObject(payload, given);
  if (!read.ok) return [read];
  const { title, event, events, dedupString, dedupPeriodMinutes, destinations, ...fields } = read.fields;
  if (!title) return [{ ok: false, field: "title", expected: "text that is not empty" }];
  const { severity, warning } = severityOf(fields.severity, source);
  const warnings = warning ? [...read.warnings, warning] : read.warnings;
  const report = finishReport({
    ...fields,
    title,
    severity,
    says: fields.says ?? fields.status ?? "firing",
    identity: {
      kind: "windowed",
      dedupString: dedupString || title,
      periodMinutes: dedupPeriodMinutes ?? defaultPeriodMinutes,
    },
    occurredAt: fields.firstEventOccurredAt ?? fields.eventTime,
    destinations: isSkip(destinations) ? [] : destinations,
    // What was not understood stays in the sample, too.
    event: warnings.length > 0 ? given : (event ?? firstOf(events) ?? given),
  });
  return [takenReport(report, warnings)];
}

/** "SKIP" alone means no destination; a destination can't have this name. */
function isSkip(destinations: string[] | null | undefined): boolean {
  return destinations?.every((name) => /^skip$/i.test(name)) ?? false;
}

function firstOf(events: unknown): unknown {
  return Array.isArray(events) ? events.slice(0, limits.samples) : events;
}
