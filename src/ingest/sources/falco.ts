import { z } from "zod";
import type { Severity } from "../../alert/alert.ts";
import { filled } from "../fields/loose-fields.ts";
import { rate } from "../fields/own-scale.ts";
import {
  firstLine,
  optionalObject,
  optionalTexts,
  optionalTime,
  optionalText as text,
  textOf,
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

const expected = "an event of Falco with rule or output";
const event = z.object(
  {
    uuid: text,
    rule: text,
    output: text,
    priority: text,
    time: optionalTime,
    hostname: text,
    source: text,
    tags: optionalTexts,
    output_fields: optionalObject,
  },
  expected,
);
type FalcoEvent = z.infer<typeof event>;

/** Falco's events, from its http_output or from falcosidekick's webhook. */
export const falco: SourceKind = {
  kind: "falco",
  label: "Falco",
  setup:
    "Set webhook in falcosidekick's configuration. Without falcosidekick, set json_output: true and http_output.url in falco.yaml to the URL with ?key= and the key, since Falco can't set headers.",
  config: `webhook:
  address: {url}
  customHeaders:
    X-API-Key: {key}
  minimumpriority: notice`,
  sample: {
    output: "00:00:00.000000000: Warning A first report (user=root command=touch /bin/first)",
    priority: "Warning",
    rule: "First report",
    time: "2026-01-01T00:00:00.000000000Z",
    output_fields: { "user.name": "root", "proc.cmdline": "touch /bin/first" },
  },
  reads: {
    identity:
      "rule, hostname and the output fields without times, process ids, ports and connections, for 60 minutes",
    severities:
      "priority: Emergency, Alert, Critical CRITICAL; Error HIGH; Warning MEDIUM; Notice LOW; Informational, Debug INFO",
    ends: "nothing; Falco doesn't say that something is over",
    fields: "rule, output, tags, hostname, output_fields; source is the log type",
    retries:
      "one request per event; neither Falco nor falcosidekick sends it again. An event's uuid counts once",
  },
  parse: parseFalco,
  keyInQuery: true,
  eventId: (given) => event.safeParse(given).data?.uuid ?? null,
};

function parseFalco(given: unknown, source: SourceDefaults): ParsedItem[] {
  const read = readObject(event, given);
  if (!read.ok) return [read];
  const { rule, output, priority, time, hostname, tags, output_fields } = read.fields;
  if (!rule && !output) return [{ ok: false, field: "rule", expected }];
  const title = titleOf(source, headline(output), rule);
  const own = priorities.get(priority?.toLowerCase() ?? "");
  const { severity, warnings } = rate(own, priority, source, "a priority from Emergency to Debug");
  const report = finishReport({
    title,
    severity,
    detection: rule ? { id: rule } : null,
    identity: windowOf(rule ?? title, subjectOf(read.fields)),
    logTypes: read.fields.source ? [read.fields.source] : [],
    tags,
    reports: attackTechniques(tags),
    description: output,
    context: filled({ hostname, ...output_fields }),
    occurredAt: time,
    event: given,
  });
  return [takenReport(report, [...read.warnings, ...warnings])];
}

/** The sentence of an output: without the time and priority before it, and the list of fields after it. */
export function headline(output: string | null): string | null {
  const line = firstLine(output)
    ?.replace(/^\S*\d\d:\d\d:\d\d\S*:?\s+/, "")
    .replace(/^(emergency|alert|critical|error|warning|notice|informational|info|debug):?\s+/i, "");
  return firstLine(line?.split(/ \((?=[\w.%]+=)| \| /)[0]);
}

/** Fields that are another each time: of the event itself, times, process and session ids, ports, counters. */
const passing = /^evt\.|^[^.]*$|(time|[._]ts|duration|pid|tid|\.v?sid|port|\.num|count)$/;

/** What the event is about. There is no id for that: its time is part of the output. */
function subjectOf({ hostname, output_fields }: FalcoEvent): Record<string, string | null> {
  const fields = Object.entries(output_fields ?? {})
    .map(([name, value]) => [name, textOf(value)] as const)
    // A connection is "address:port->address:port".
    .filter(([name, value]) => !passing.test(name) && !value?.includes("->"));
  return { hostname, ...Object.fromEntries(fields) };
}

const priorities = new Map<string, Severity>([
  ["emergency", "CRITICAL"],
  ["alert", "CRITICAL"],
  ["critical", "CRITICAL"],
  ["error", "HIGH"],
  ["warning", "MEDIUM"],
  ["notice", "LOW"],
  ["informational", "INFO"],
  ["info", "INFO"],
  ["debug", "INFO"],
]);

/** Falco's tags name techniques as "T1059" or "T1059.004". */
function attackTechniques(tags: string[]): Record<string, string[]> {
  const techniques = tags.filter((tag) => /^T\d{4}(\.\d{3})?$/i.test(tag));
  return techniques.length > 0 ? { "MITRE ATT&CK": techniques } : {};
}
