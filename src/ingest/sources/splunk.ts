import { z } from "zod";
import { filled } from "../fields/loose-fields.ts";
import { rate } from "../fields/own-scale.ts";
import {
  optionalAddress,
  optionalObject,
  optionalTime,
  optionalText as text,
  textOf,
  textsOf,
} from "../fields/read-fields.ts";
import { readObject } from "../fields/read-object.ts";
import { finishReport, windowOf } from "../finish-report.ts";
import {
  type ParsedItem,
  type SourceDefaults,
  type SourceKind,
  takenReport,
  titleOf,
} from "../source-kind.ts";

const expected = "the object that Splunk's webhook action sends, with search_name, sid or result";
const payload = z.object(
  {
    sid: text,
    search_name: text,
    app: text,
    owner: text,
    results_link: optionalAddress,
    result: optionalObject,
  },
  expected,
);

/** Splunk's alert action "Webhook". It sends the first row only, and each value is text. */
export const splunk: SourceKind = {
  kind: "splunk",
  label: "Splunk",
  setup:
    "Add the action Webhook to your alert, and enter this URL. Let it trigger for each result, because Splunk sends only the first row. Splunk Cloud also needs the URL in its webhook allow list.",
  config: "{url}?key={key}",
  sample: {
    sid: "scheduler__admin__search__first_at_1767225600_1",
    search_name: "First search",
    app: "search",
    owner: "admin",
    results_link: "https://splunk.example.com/app/search/@go?sid=first",
    result: { host: "web-1", user: "root", severity: "low", _time: "1767225600" },
  },
  reads: {
    identity: "search_name and the row, without times, counters and Splunk's own fields, for 60 minutes",
    severities: "result.severity, else urgency, else priority, else the source's default",
    ends: "nothing; Splunk doesn't say that something is over",
    fields: "search_name, results_link, owner, app, the row's fields; sourcetype is the log type",
    retries: "one request per trigger; Splunk doesn't send it again",
  },
  parse: parseSplunk,
  keyInQuery: true,
};

function parseSplunk(given: unknown, source: SourceDefaults): ParsedItem[] {
  const read = readObject(payload, given);
  if (!read.ok) return [read];
  const { search_name, results_link, app, owner, sid } = read.fields;
  const result = read.fields.result ?? {};
  if (!search_name && !sid && Object.keys(result).length === 0)
    return [{ ok: false, field: "search_name", expected }];
  const field = (name: string) => textOf(result[name]);
  const word = field("severity") ?? field("urgency") ?? field("priority");
  const { severity, warnings } = rate(null, word, source, "a severity such as high in a field of the row");
  const shown = Object.fromEntries(Object.entries(result).filter(([name]) => !isInternal(name)));
  const title = titleOf(source, field("title"), search_name);
  const row = readObject(rowTime, result);
  if (!row.ok) return [row];
  const report = finishReport({
    title,
    severity,
    detection: search_name ? { id: search_name } : null,
    identity: windowOf(search_name ?? title, subjectOf(result)),
    logTypes: [field("sourcetype") ?? field("_sourcetype") ?? ""],
    description: field("description") ?? field("message") ?? field("_raw"),
    reference: results_link,
    context: filled({ ...filled(shown), app, owner, sid }),
    occurredAt: row.fields._time,
    event: given,
  });
  return [takenReport(report, [...read.warnings, ...row.warnings, ...warnings])];
}

const rowTime = z.object({ _time: optionalTime });

/** Fields that Splunk adds to a row: about storing the event, and its time in parts. */
function isInternal(name: string): boolean {
  return /^(_|date_)|^(timestartpos|timeendpos|linecount|punct|splunk_server(_group)?|eventtype)$/.test(name);
}

/** Fields of a row that are another each time, and its severity, which may rise. */
const passing = /(^|_)(timestamp|count|duration|first|last|now)$|time$|^(severity|urgency|priority)$/i;

/** What the row is about. Its text repeats the other fields with the time. */
function subjectOf(result: Record<string, unknown>): Record<string, string | null> {
  const fields = Object.entries(result).filter(([name]) => !isInternal(name) && !passing.test(name));
  return Object.fromEntries(fields.map(([name, value]) => [name, textsOf(value).join(" ") || null]));
}
