import type { Severity } from "../../alert/alert.ts";
import { limits } from "../cut-to-limits.ts";
import { type Fields, fieldsOf } from "../fields/any-case.ts";
import { filled } from "../fields/loose-fields.ts";
import { byThreshold, type RatedReport, rate } from "../fields/own-scale.ts";
import { isObject } from "../fields/read-fields.ts";
import { finishReport } from "../finish-report.ts";
import {
  type ParsedItem,
  type SourceDefaults,
  type SourceKind,
  takenReport,
  titleOf,
} from "../source-kind.ts";

/** CrowdStrike Falcon's detections: from a Fusion workflow, the Alerts API, the event stream, or Falcon Data Replicator. */
export const crowdstrike: SourceKind = {
  kind: "crowdstrike",
  label: "CrowdStrike Falcon",
  setup:
    "In the CrowdStrike Store, add the Webhook plugin with this URL and the header X-API-Key with the key. In Fusion SOAR, make a workflow with the trigger Alert (and one for Alert > Status changed, which ends alerts) and the action Call webhook, and choose the whole alert as its data.",
  config: "X-API-Key: {key}",
  sample: {
    composite_id: "example:ind:1",
    display_name: "A first report",
    severity_name: "Medium",
    status: "new",
    created_timestamp: "2026-01-01T00:00:00Z",
  },
  reads: {
    identity: "composite_id, else DetectId, else window",
    severities:
      "SeverityName; else Severity from 1 to 5 (INFO to CRITICAL), or to 100: from 80 CRITICAL, from 60 HIGH, from 40 MEDIUM, from 20 LOW, below INFO",
    ends: "status closed, or a verdict such as false_positive",
    fields:
      "DetectName or display_name, DetectDescription, tactic, technique, host, user, file, command line, FalconHostLink",
    retries: "a workflow doesn't try again by itself; see its execution log",
  },
  parse: parseCrowdStrike,
};

function parseCrowdStrike(given: unknown, source: SourceDefaults): ParsedItem[] {
  const listed = fieldsOf(given).list("resources");
  if (listed.length > limits.reportsAtOnce)
    return [{ ok: false, field: "resources", expected: `at most ${limits.reportsAtOnce} alerts` }];
  return listed.length > 0 ? listed.map((one) => parseOne(one, source)) : [parseOne(given, source)];
}

function parseOne(given: unknown, source: SourceDefaults): ParsedItem {
  if (!isObject(given)) return { ok: false, field: "report", expected: "a detection of CrowdStrike" };
  const outer = fieldsOf(given);
  // The stream and the data replicator put the detection into `event`; a workflow often into `data` or `alert`.
  const inner = [
    outer.object("event"),
    outer.object("alert"),
    outer.object("detection"),
    outer.object("data"),
  ];
  const fields = fieldsOf(inner.find(looksLikeDetection) ?? given);
  const id = fields.text("composite_id", "DetectId", "detection_id");
  const name = fields.text("display_name", "DetectName", "name", "pattern_name");
  const description = fields.text("DetectDescription", "description", "IncidentDescription");
  const host = fields.text("hostname", "ComputerName", "device.hostname");
  const technique = fields.text("technique_id");
  const { severity, warnings } = rateDetection(fields, source);
  const report = finishReport({
    says: isOver(fields) ? "resolved" : "firing",
    title: titleOf(
      source,
      name && [name, host].filter(Boolean).join(": "),
      description,
      outer.text("metadata.eventType"),
    ),
    severity,
    detection: name ? { id: name } : null,
    identity: id ? { kind: "named", id } : null,
    logTypes: ["CrowdStrike"],
    tags: [...fields.texts("tactic"), ...fields.texts("technique"), ...fields.texts("tags")],
    reports: technique ? { "MITRE ATT&CK": [technique] } : {},
    description,
    reference: fields.address("falcon_host_link"),
    context: filled({
      host,
      user: fields.text("UserName", "user_name"),
      file: fields.text("filename"),
      path: fields.text("filepath"),
      commandLine: fields.text("CommandLine", "cmdline"),
      sha256: fields.text("SHA256String", "sha256"),
      ip: fields.text("LocalIP", "device.local_ip"),
      action: fields.text("PatternDispositionDescription", "pattern_disposition_description"),
      product: fields.text("product"),
      status: fields.text("status"),
      customer: fields.text("cid", "customerIDString"),
    }),
    occurredAt:
      fields.time("created_timestamp", "timestamp", "UTCTimestamp", "ProcessStartTime") ??
      outer.time("metadata.eventCreationTime"),
    event: given,
  });
  return takenReport(report, [...warnings, ...outer.warnings, ...fields.warnings]);
}

function looksLikeDetection(given: Record<string, unknown>): boolean {
  const names = ["composite_id", "DetectId", "DetectName", "display_name", "severity", "SeverityName"];
  return fieldsOf(given).value(...names) !== undefined;
}

const toFive = [
  [5, "CRITICAL"],
  [4, "HIGH"],
  [3, "MEDIUM"],
  [2, "LOW"],
  [0, "INFO"],
] as const satisfies readonly (readonly [number, Severity])[];

/** https://falcon.crowdstrike.com/documentation: 20, 40, 60 and 80 begin Low, Medium, High and Critical. */
const toHundred = [
  [80, "CRITICAL"],
  [60, "HIGH"],
  [40, "MEDIUM"],
  [20, "LOW"],
  [0, "INFO"],
] as const satisfies readonly (readonly [number, Severity])[];

function rateDetection(fields: Fields, source: SourceDefaults): RatedReport {
  const word = fields.value("severity_name");
  const number = fields.value("severity");
  const scale = Number(number) <= 5 ? toFive : toHundred;
  const expected = "a SeverityName: Critical, High, Medium, Low or Informational";
  return rate(word === undefined ? byThreshold(number, scale, 100) : null, word ?? number, source, expected);
}

function isOver(fields: Fields): boolean {
  const status = fields.text("status")?.toLowerCase() ?? "";
  return ["closed", "resolved", "false_positive", "true_positive", "ignored"].includes(status);
}
