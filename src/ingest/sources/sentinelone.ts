import type { Severity } from "../../alert/alert.ts";
import { limits } from "../cut-to-limits.ts";
import { type Fields, fieldsOf } from "../fields/any-case.ts";
import { filled } from "../fields/loose-fields.ts";
import { type RatedReport, rate } from "../fields/own-scale.ts";
import { isObject } from "../fields/read-fields.ts";
import { finishReport } from "../finish-report.ts";
import {
  type ParsedItem,
  type SourceDefaults,
  type SourceKind,
  takenReport,
  titleOf,
} from "../source-kind.ts";

/** SentinelOne's alerts, threats and the activities about them. */
export const sentinelone: SourceKind = {
  kind: "sentinelone",
  label: "SentinelOne",
  setup:
    "In the Singularity Marketplace, install the Webhook app and enter this URL, and a header X-API-Key with the key. Choose alerts and threats, and their updates too: they end alerts. Hyperautomation's HTTP Request action can post the alert as well.",
  config: "X-API-Key: {key}",
  sample: {
    alertInfo: {
      alertId: "example-1",
      incidentStatus: "Unresolved",
      createdAt: "2026-01-01T00:00:00Z",
    },
    ruleInfo: { name: "A first report", severity: "Medium" },
    agentDetectionInfo: { name: "laptop-1" },
  },
  reads: {
    identity: "the alert's id (alertInfo.alertId, data.alertId, threatInfo.threatId), else window",
    severities:
      "severity, with or without the prefix E_: Critical, High, Medium, Low, Info; a threat has confidenceLevel: malicious HIGH, suspicious MEDIUM",
    ends: "incidentStatus or status resolved",
    fields: "rule or threat name, description, endpoint, account, site, group, process, createdAt",
    retries: "the Webhook app doesn't say; a repeat joins the alert",
  },
  parse: parseSentinelOne,
};

function parseSentinelOne(given: unknown, source: SourceDefaults): ParsedItem[] {
  const body = fieldsOf(given);
  const data = body.list("data");
  const listed = data.length > 0 ? data : body.list("alerts");
  if (listed.length > limits.reportsAtOnce)
    return [{ ok: false, field: "data", expected: `at most ${limits.reportsAtOnce} alerts` }];
  return listed.length > 0 ? listed.map((one) => parseOne(one, source)) : [parseOne(given, source)];
}

function parseOne(given: unknown, source: SourceDefaults): ParsedItem {
  if (!isObject(given)) return { ok: false, field: "report", expected: "an alert of SentinelOne" };
  const fields = fieldsOf(given);
  // `id` of an activity is the activity's own, so it counts only for what is not one.
  const id = fields.text(
    "alertInfo.alertId",
    "threatInfo.threatId",
    "data.alertId",
    "data.threatId",
    "alertId",
    "threatId",
    ...(fields.value("activityType") === undefined ? ["id"] : []),
  );
  const { severity, warnings } = rateAlert(fields, source);
  const rule = fields.text("ruleInfo.name", "data.ruleName", "threatInfo.threatName", "name");
  const host = hostOf(fields);
  const report = finishReport({
    says: statusOf(fields)?.toLowerCase() === "resolved" ? "resolved" : "firing",
    title: titleOf(source, ruleAndHost(fields, { rule, host })),
    severity,
    detection: rule ? { id: fields.text("ruleInfo.id", "data.ruleId") ?? rule, name: rule } : null,
    identity: id ? { kind: "named", id } : null,
    logTypes: ["SentinelOne"],
    tags: fields.texts("threatInfo.classification"),
    description: fields.text(
      "ruleInfo.description",
      "data.ruleDescription",
      "description",
      "primaryDescription",
    ),
    reference: fields.address("alertUrl", "threatInfo.url", "url"),
    context: contextOf(fields, host),
    occurredAt: fields.time(
      "alertInfo.createdAt",
      "threatInfo.identifiedAt",
      "data.detectedAt",
      "detectedAt",
      "createdAt",
    ),
    event: given,
  });
  return takenReport(report, [...warnings, ...fields.warnings]);
}

function hostOf(fields: Fields): string | null {
  return fields.text(
    "agentDetectionInfo.name",
    "agentRealtimeInfo.agentComputerName",
    "agentDetectionInfo.agentComputerName",
    "data.computerName",
    "asset.name",
    "endpointName",
  );
}

/** The rule with the endpoint; an activity says both in a sentence. */
function ruleAndHost(
  fields: Fields,
  { rule, host }: { rule: string | null; host: string | null },
): string | null {
  if (rule && host) return `${rule}: ${host}`;
  return fields.text("primaryDescription") ?? rule;
}

function statusOf(fields: Fields): string | null {
  return fields.text(
    "alertInfo.incidentStatus",
    "threatInfo.incidentStatus",
    "data.newIncidentStatus",
    "status",
  );
}

function contextOf(fields: Fields, host: string | null): Record<string, unknown> {
  return filled({
    host,
    user: fields.text(
      "sourceProcessInfo.user",
      "threatInfo.processUser",
      "agentDetectionInfo.lastLoggedInUserName",
    ),
    account: fields.text("accountName", "data.accountName", "agentDetectionInfo.accountName"),
    site: fields.text("siteName", "data.siteName", "agentDetectionInfo.siteName"),
    group: fields.text("groupName", "agentDetectionInfo.groupName"),
    process: fields.object("sourceProcessInfo"),
    file: fields.text("threatInfo.filePath", "targetProcessInfo.tgtFilePath"),
    sha1: fields.text("threatInfo.sha1", "sourceProcessInfo.fileHashSha1"),
    status: statusOf(fields),
    verdict: fields.text("alertInfo.analystVerdict", "threatInfo.analystVerdict"),
    ip: fields.text("data.agentIpv4", "agentDetectionInfo.agentIpV4"),
  });
}

const confidences: Record<string, Severity> = { malicious: "HIGH", suspicious: "MEDIUM" };

/** A threat has no severity, but how sure SentinelOne is. */
function rateAlert(fields: Fields, source: SourceDefaults): RatedReport {
  const given = fields.value("ruleInfo.severity", "data.severity", "severity", "threatInfo.severity");
  const expected = "Critical, High, Medium, Low or Info";
  if (given !== undefined)
    return rate(null, typeof given === "string" ? given.replace(/^E_/i, "") : given, source, expected);
  const confidence = fields.value("threatInfo.confidenceLevel");
  return rate(confidences[String(confidence).toLowerCase()], confidence, source, expected);
}
