import type { Severity } from "../../alert/alert.ts";
import { limits } from "../cut-to-limits.ts";
import { readPassedOn } from "../eventbridge.ts";
import { type Fields, fieldsOf } from "../fields/any-case.ts";
import { filled } from "../fields/loose-fields.ts";
import { rate } from "../fields/own-scale.ts";
import { isObject } from "../fields/read-fields.ts";
import { finishReport } from "../finish-report.ts";
import {
  type ParsedItem,
  type SourceDefaults,
  type SourceKind,
  takenReport,
  titleOf,
} from "../source-kind.ts";

/** Findings in the Open Cybersecurity Schema Framework, by themselves or in an event of EventBridge. */
export const ocsf: SourceKind = {
  kind: "ocsf",
  label: "OCSF",
  forAnyTool: true,
  setup:
    "Let the tool post findings of the Open Cybersecurity Schema Framework to this URL, with the header X-API-Key and the key.",
  config: "X-API-Key: {key}",
  sample: {
    class_uid: 2004,
    activity_id: 1,
    severity_id: 3,
    time: 1767225600000,
    finding_info: { uid: "example-1", title: "A first report" },
    metadata: { version: "1.4.0", product: { name: "Example" } },
  },
  reads: {
    identity: "finding_info.uid (finding.uid before 1.1), else window",
    severities:
      "severity_id: 6 and 5 CRITICAL, 4 HIGH, 3 MEDIUM, 2 LOW, 1 INFO; 0 and 99 by the word in severity",
    ends: "activity_id 3, or status_id 3 to 6 (suppressed, resolved, archived, deleted)",
    fields: "finding_info, message, time, product, resources, observables, attacks, unmapped",
    retries: "up to the tool. A repeat of the same event (metadata.uid) counts once",
  },
  parse: parseOcsf,
  eventId: (body) => fieldsOf(body).text("metadata.uid"),
};

function parseOcsf(given: unknown, source: SourceDefaults): ParsedItem[] {
  if (!isObject(given)) return [{ ok: false, field: "report", expected: "an OCSF event" }];
  const { detail } = readPassedOn(given);
  const findings = fieldsOf(detail).list("findings");
  if (findings.length > limits.reportsAtOnce)
    return [{ ok: false, field: "findings", expected: `at most ${limits.reportsAtOnce} findings` }];
  return findings.length > 0
    ? findings.map((finding) => parseEvent(finding, source))
    : [parseEvent(detail, source)];
}

const scale: Record<string, Severity> = {
  "1": "INFO",
  "2": "LOW",
  "3": "MEDIUM",
  "4": "HIGH",
  "5": "CRITICAL",
  "6": "CRITICAL",
};

/** `finding_info` is since 1.1, `finding` was before; an Incident Finding has a list. */
const places = ["finding_info", "finding", "finding_info_list.0"];
const within = (name: string) => places.map((place) => `${place}.${name}`);

function parseEvent(given: unknown, source: SourceDefaults): ParsedItem {
  if (!isObject(given)) return { ok: false, field: "findings", expected: "an OCSF event" };
  const event = fieldsOf(given);
  const { severity, warnings } = rate(
    scale[event.text("severity_id") ?? ""],
    event.value("severity"),
    source,
    "a severity_id from 1 to 6",
  );
  const uid = event.text(...within("uid"));
  const rule = event.text("finding_info.analytic.uid", "rule.uid", "finding_info.analytic.name", "rule.name");
  const className = event.text("class_name");
  const detection = rule ?? event.text("type_name") ?? className;
  const product = event.text("metadata.product.name");
  const report = finishReport({
    says: isOver(event) ? "resolved" : "firing",
    title: titleOf(source, event.text(...within("title"), "message", "type_name"), className),
    severity,
    detection: detection
      ? { id: detection, name: event.text("finding_info.analytic.name", "rule.name") }
      : null,
    identity: uid ? { kind: "named", id: uid } : null,
    logTypes: className ? [className] : [],
    tags: event.texts(...within("types"), "metadata.labels"),
    reports: attacks(event),
    description: event.text(...within("desc"), "message"),
    reference: event.address(...within("src_url")),
    runbook: event.text("remediation.desc"),
    context: filled({
      product,
      vendor: event.text("metadata.product.vendor_name"),
      status: event.text("status", "status_id"),
      activity: event.text("activity_name", "activity_id"),
      actor: event.object("actor"),
      user: event.object("user"),
      device: event.object("device"),
      resources: event.list("resources"),
      observables: event.list("observables"),
      attacks: event.list("finding_info.attacks", "attacks"),
      evidences: event.list("evidences"),
      cloud: event.object("cloud"),
      unmapped: event.object("unmapped"),
    }),
    occurredAt: event.time("time", "time_dt", ...within("created_time")),
    event: given,
  });
  return takenReport(report, [...warnings, ...event.warnings]);
}

/** Suppressed, resolved, archived, deleted; for an Incident Finding 3 is "on hold" and 5 "closed". */
function isOver(event: Fields): boolean {
  const status = event.text("status_id");
  const isIncident = event.text("class_uid") === "2005";
  if (event.text("activity_id") === "3") return true;
  return (isIncident ? ["4", "5"] : ["3", "4", "5", "6"]).includes(status ?? "");
}

function attacks(event: Fields): Record<string, string[]> {
  const techniques = event.list("finding_info.attacks", "attacks").flatMap((attack) => {
    const one = fieldsOf(attack);
    return one.text("sub_technique.uid", "technique.uid") ?? [];
  });
  return techniques.length > 0 ? { "MITRE ATT&CK": techniques } : {};
}
