import { cutText, limits } from "../cut-to-limits.ts";
import { type Fields, fieldsOf } from "../fields/any-case.ts";
import { filled } from "../fields/loose-fields.ts";
import { rate } from "../fields/own-scale.ts";
import { isObject } from "../fields/read-fields.ts";
import { defaultPeriodMinutes, finishReport } from "../finish-report.ts";
import {
  type ParsedItem,
  type SourceDefaults,
  type SourceKind,
  takenReport,
  titleOf,
} from "../source-kind.ts";

/** Okta's event hooks: entries of its System Log. */
export const okta: SourceKind = {
  kind: "okta",
  label: "Okta",
  setup:
    "In Okta, choose Workflow > Event Hooks > Create Event Hook. Enter this URL, X-API-Key as authentication field and the key as authentication secret. Subscribe to the events that somebody should look at, save, and press Verify. Okta calls most events INFO; map that word to another severity, or the alerts start resolved.",
  config: "X-API-Key: {key}",
  sample: {
    eventType: "com.okta.event_hook",
    eventTypeVersion: "1.0",
    cloudEventsVersion: "0.1",
    eventId: "11111111-2222-3333-4444-555555555555",
    data: {
      events: [
        {
          uuid: "11111111-2222-3333-4444-555555555556",
          published: "2026-01-01T00:00:00Z",
          eventType: "user.account.report_suspicious_activity_by_enduser",
          displayMessage: "A first report",
          severity: "WARN",
          actor: { type: "User", alternateId: "eve@acme.example", displayName: "Eve" },
          outcome: { result: "SUCCESS" },
        },
      ],
    },
  },
  reads: {
    identity: "window, by event type, actor, targets and outcome",
    severities: "severity: ERROR HIGH, WARN MEDIUM, INFO and DEBUG INFO",
    ends: "nothing: events of a log don't end",
    fields: "displayMessage, eventType, published, actor, targets, outcome, client, debug data",
    retries:
      "Okta waits 3 s and tries once more after a timeout or 5xx. An event with the same eventId counts once",
  },
  parse: parseOkta,
  eventId: (body) => fieldsOf(body).text("eventId"),
  answerGet: (headers) => {
    const challenge = headers["x-okta-verification-challenge"];
    return typeof challenge === "string" && challenge.length <= limits.text
      ? { verification: challenge }
      : null;
  },
};

function parseOkta(given: unknown, source: SourceDefaults): ParsedItem[] {
  if (!isObject(given)) return [{ ok: false, field: "report", expected: "an event hook of Okta" }];
  const events = fieldsOf(given).list("data.events");
  if (events.length > limits.reportsAtOnce)
    return [{ ok: false, field: "data.events", expected: `at most ${limits.reportsAtOnce} events` }];
  return events.length > 0 ? events.map((event) => parseEvent(event, source)) : [parseEvent(given, source)];
}

function parseEvent(given: unknown, source: SourceDefaults): ParsedItem {
  if (!isObject(given)) return { ok: false, field: "data.events", expected: "an event of Okta's System Log" };
  const event = fieldsOf(given);
  const { severity, warnings } = rate(null, event.value("severity"), source, "ERROR, WARN, INFO or DEBUG");
  const type = event.text("eventType");
  const message = titleOf(source, event.text("displayMessage"), type);
  const actor = nameOf(event, "actor");
  const targets = event.list("target").slice(0, limits.listEntries);
  const targetNames = targets.flatMap((target) => nameOf(fieldsOf({ target }), "target") ?? []);
  const outcome = event.text("outcome.result");
  // Otherwise all people to whom the same happens would be one alert.
  const dedupString = [type ?? message, actor, ...targetNames, outcome].filter(Boolean).join(" ");
  const report = finishReport({
    title: [message, targetNames[0] ?? actor].filter(Boolean).join(": "),
    severity,
    detection: type ? { id: type, name: event.text("displayMessage") } : null,
    identity: { kind: "windowed", dedupString, periodMinutes: defaultPeriodMinutes },
    logTypes: ["Okta.SystemLog"],
    tags: event.texts("outcome.result"),
    description: event.text("outcome.reason"),
    context: filled({
      actor: event.object("actor"),
      target: targets,
      outcome: event.object("outcome"),
      client: event.object("client"),
      securityContext: event.object("securityContext"),
      debugData: cutDebug(event.object("debugContext.debugData")),
      uuid: event.text("uuid"),
    }),
    occurredAt: event.time("published"),
    event: given,
  });
  return takenReport(report, [...warnings, ...event.warnings]);
}

function nameOf(event: Fields, who: "actor" | "target"): string | null {
  return event.text(`${who}.alternateId`, `${who}.displayName`, `${who}.id`);
}

/** Risk and behaviour are worth seeing; Okta adds more of its own with each year. */
function cutDebug(data: Record<string, unknown>): Record<string, unknown> {
  const shown = Object.entries(data).slice(0, limits.listEntries);
  return Object.fromEntries(
    shown.map(([name, value]) => [name, typeof value === "string" ? cutText(value, limits.text) : value]),
  );
}
