import { z } from "zod";
import { filled } from "../fields/loose-fields.ts";
import { rate } from "../fields/own-scale.ts";
import {
  firstLine,
  isObject,
  optionalTime,
  optionalText as text,
  textOf,
  webAddress,
} from "../fields/read-fields.ts";
import { readObject } from "../fields/read-object.ts";
import { finishReport, windowOf } from "../finish-report.ts";
import {
  type ParsedItem,
  type RequestFacts,
  type SourceDefaults,
  type SourceKind,
  takenReport,
  titleOf,
} from "../source-kind.ts";

const expected = "a CloudEvent with type and source";
const event = z.looseObject(
  { id: text, source: text, type: text, subject: text, time: optionalTime },
  expected,
);

/** CloudEvents 1.0 in JSON: one event, a batch, or in binary mode, where headers hold all but the data. */
export const cloudevents: SourceKind = {
  kind: "cloudevents",
  label: "CloudEvents",
  forAnyTool: true,
  setup:
    "Send events to the URL, in structured, batch or binary mode, with the key in the header X-API-Key. If the sender takes only a URL, add ?key= and the key, as here for a trigger of Knative.",
  config: `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata:
  name: tocsin
spec:
  broker: default
  filter:
    attributes:
      type: com.example.alert
  subscriber:
    uri: {url}?key={key}`,
  sample: {
    specversion: "1.0",
    type: "com.example.alert",
    source: "/scanner/1",
    id: "first-1",
    time: "2026-01-01T00:00:00Z",
    subject: "web-1",
    datacontenttype: "application/json",
    data: { title: "A first report", severity: "low" },
  },
  reads: {
    identity: "type, source, subject and title, for 60 minutes",
    severities: "severity of the data, else an extension severity; the usual words",
    ends: "status resolved or closed in the data, with the same type, source, subject and title",
    fields: "type, source, subject, time, extensions; title, summary, message, description, url of the data",
    retries:
      "the sender's (Knative: as the trigger's delivery says). An event's source with its id counts once",
  },
  parse: parseCloudEvent,
  keyInQuery: true,
  fromRequest: fromBinaryMode,
  eventId: eventIds,
};

function parseCloudEvent(given: unknown, source: SourceDefaults): ParsedItem[] {
  const read = readObject(event, given);
  if (!read.ok) return [read];
  const { specversion, id, source: producer, type, subject, time, data, data_base64, ...rest } = read.fields;
  if (!type && !producer) return [{ ok: false, field: "type", expected }];
  const fields = isObject(data) ? data : {};
  const field = (...names: string[]) => names.map((name) => textOf(fields[name])).find(Boolean) ?? null;
  const description = field("description", "message") ?? (isObject(data) ? null : textOf(data));
  const named = [type, subject].filter(Boolean).join(": ");
  const title = titleOf(source, field("title", "summary"), firstLine(description), named, producer);
  const word = field("severity") ?? textOf(rest.severity);
  const { severity, warnings } = rate(null, word, source, "a severity such as high in the data");
  const report = finishReport({
    says: /^(resolved|closed)$/i.test(field("status") ?? "") ? "resolved" : "firing",
    title,
    severity,
    detection: type ? { id: type } : null,
    identity: windowOf(title, { source: producer, subject }),
    description,
    reference: webAddress(field("url", "link")),
    context: filled({ source: producer, subject, ...rest, data: fields }),
    occurredAt: time,
    event: given,
  });
  return [takenReport(report, [...read.warnings, ...warnings])];
}

/** Source and id together are unique; null if an event has no id. */
function eventIds(body: unknown): string | null {
  const ids = [body].flat().map((one) => {
    const read = event.safeParse(one);
    return read.success && read.data.id ? [read.data.source, read.data.id] : null;
  });
  return ids.length > 0 && ids.every((id) => id !== null) ? JSON.stringify(ids) : null;
}

/** In binary mode each attribute is a header ce-…, and the body is the data, in any format. */
function fromBinaryMode(body: string, { headers }: RequestFacts): string | null {
  const { "content-type": contentType = "application/json" } = headers;
  if (!headers["ce-specversion"] || contentType.startsWith("application/cloudevents")) return null;
  const attributes = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith("ce-") && typeof value === "string" ? [[name.slice(3), decoded(value)]] : [],
  );
  const event = JSON.stringify({ ...Object.fromEntries(attributes), datacontenttype: contentType });
  if (!body.trim()) return event;
  const data = /^[^;]*[/+]json\b/i.test(contentType) ? body : JSON.stringify(body);
  return `${event.slice(0, -1)},"data":${data}}`;
}

/** Values are percent-encoded where they are not printable ASCII; some senders write a bare %. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
