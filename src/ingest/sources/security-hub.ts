import type { Severity } from "../../alert/alert.ts";
import { limits } from "../cut-to-limits.ts";
import { eventBridgeId, eventBridgeRetries, readPassedOn } from "../eventbridge.ts";
import { type Fields, fieldsOf } from "../fields/any-case.ts";
import { filled } from "../fields/loose-fields.ts";
import { byThreshold, type RatedReport, rate } from "../fields/own-scale.ts";
import { isObject } from "../fields/read-fields.ts";
import { finishReport } from "../finish-report.ts";
import { isEnvelope, strayEnvelope } from "../sns/envelope.ts";
import { openSnsEnvelope } from "../sns/open-envelope.ts";
import {
  type ParsedItem,
  type SourceDefaults,
  type SourceKind,
  takenReport,
  titleOf,
} from "../source-kind.ts";

/** AWS Security Hub's findings in the format ASFF, from EventBridge or SNS. One event may hold several. */
export const securityHub: SourceKind = {
  kind: "security-hub",
  label: "AWS Security Hub",
  setup:
    'In EventBridge, create an API destination with this URL and a connection with the API key X-API-Key, and a rule for the source aws.securityhub and the types "Security Hub Findings - Imported" and "Security Hub Findings - Custom Action" whose target it is. Or let the rule send to an SNS topic and subscribe this address to it by HTTPS: Tocsin confirms the subscription by itself. Leave "raw message delivery" off.',
  config: "{url}?key={key}",
  sample: {
    version: "0",
    id: "11111111-2222-3333-4444-555555555555",
    "detail-type": "Security Hub Findings - Imported",
    source: "aws.securityhub",
    account: "111122223333",
    time: "2026-01-01T00:00:00Z",
    region: "eu-central-1",
    detail: {
      findings: [
        {
          SchemaVersion: "2018-10-08",
          Id: "example-1",
          ProductArn: "arn:aws:securityhub:eu-central-1::product/aws/securityhub",
          Title: "A first report",
          Severity: { Label: "MEDIUM" },
          Workflow: { Status: "NEW" },
          RecordState: "ACTIVE",
        },
      ],
    },
  },
  reads: {
    identity: "Id with ProductArn, else window",
    severities:
      "Severity.Label, else Normalized: from 90 CRITICAL, from 70 HIGH, from 40 MEDIUM, from 1 LOW, 0 INFO; else Product from 0 to 10, of which a tenth counts the same",
    ends: "RecordState ARCHIVED, Workflow.Status RESOLVED or SUPPRESSED, or Compliance.Status PASSED; a custom action always fires",
    fields:
      "Title, Description, GeneratorId, Types, Resources, Remediation, SourceUrl, UpdatedAt, account, region",
    retries: eventBridgeRetries,
  },
  parse: parseSecurityHub,
  keyInQuery: true,
  openEnvelope: openSnsEnvelope,
  eventId: eventBridgeId,
};

function parseSecurityHub(given: unknown, source: SourceDefaults): ParsedItem[] {
  if (!isObject(given)) return [{ ok: false, field: "report", expected: "findings of Security Hub" }];
  if (isEnvelope(given)) return [strayEnvelope];
  const { detail, detailType, event } = readPassedOn(given);
  const body = fieldsOf(detail);
  // A person sends it, so it is news whatever state the finding is in.
  const chosen = /custom action/i.test(detailType ?? "");
  const findings = body.list("findings");
  if (findings.length > limits.reportsAtOnce)
    return [{ ok: false, field: "findings", expected: `at most ${limits.reportsAtOnce} findings` }];
  if (findings.length > 0) return findings.map((one) => parseFinding(one, { chosen, source }));
  if (body.value("insightResults", "insightName")) return [parseInsight(given, { body, event, source })];
  return [parseFinding(detail, { chosen, source, detailType })];
}

interface Around {
  chosen: boolean;
  source: SourceDefaults;
  detailType?: string | null;
}

function parseFinding(given: unknown, { chosen, source, detailType }: Around): ParsedItem {
  if (!isObject(given)) return { ok: false, field: "findings", expected: "a finding" };
  const finding = fieldsOf(given);
  const id = finding.text("Id");
  const generator = finding.text("GeneratorId");
  const { severity, warnings } = rateFinding(finding, source);
  const report = finishReport({
    says: !chosen && isOver(finding) ? "resolved" : "firing",
    title: titleOf(source, finding.text("Title"), generator, detailType),
    severity,
    detection: generator ? { id: generator } : null,
    identity: id ? { kind: "named", id: [id, finding.text("ProductArn")].filter(Boolean).join(" ") } : null,
    logTypes: ["AWS.SecurityFindingFormat"],
    tags: finding.texts("Types"),
    description: finding.text("Description"),
    runbook:
      finding.address("Remediation.Recommendation.Url") ?? finding.text("Remediation.Recommendation.Text"),
    reference: finding.address("SourceUrl"),
    context: filled({
      account: finding.text("AwsAccountId"),
      accountName: finding.text("AwsAccountName"),
      region: finding.text("Region"),
      product: finding.text("ProductName", "ProductArn"),
      resources: finding.list("Resources"),
      compliance: finding.object("Compliance"),
      workflow: finding.text("Workflow.Status"),
      recordState: finding.text("RecordState"),
      id,
    }),
    occurredAt: finding.time("UpdatedAt", "LastObservedAt", "CreatedAt"),
    event: given,
  });
  return takenReport(report, [...warnings, ...finding.warnings]);
}

function isOver(finding: Fields): boolean {
  const is = (path: string, ...states: string[]) => states.includes(finding.text(path)?.toUpperCase() ?? "");
  return (
    is("RecordState", "ARCHIVED") ||
    is("Workflow.Status", "RESOLVED", "SUPPRESSED") ||
    is("Compliance.Status", "PASSED")
  );
}

const normalized = [
  [90, "CRITICAL"],
  [70, "HIGH"],
  [40, "MEDIUM"],
  [1, "LOW"],
  [0, "INFO"],
] as const satisfies readonly (readonly [number, Severity])[];

const tenths = normalized.map(([from, severity]) => [from / 10, severity] as const);

/** Findings before 2020 have no label; those of other products may have their own number only. */
function rateFinding(finding: Fields, source: SourceDefaults): RatedReport {
  const product = finding.value("Severity.Product");
  const own =
    byThreshold(finding.value("Severity.Normalized"), normalized, 100) ?? byThreshold(product, tenths, 10);
  const label = finding.value("Severity.Label", "FindingProviderFields.Severity.Label");
  return rate(label ? null : own, label, source, "INFORMATIONAL, LOW, MEDIUM, HIGH or CRITICAL");
}

/** The results of an insight have no findings, only counts. A person sent them by a custom action. */
function parseInsight(
  given: unknown,
  { body, event, source }: { body: Fields; event: Fields; source: SourceDefaults },
): ParsedItem {
  const name = body.text("insightName");
  const arn = body.text("insightArn");
  const report = finishReport({
    title: titleOf(source, name),
    severity: source.defaultSeverity,
    detection: arn ? { id: arn, name } : null,
    logTypes: ["AWS.SecurityFindingFormat"],
    context: filled({
      account: event.text("account"),
      region: event.text("region"),
      action: body.text("actionName"),
      resultType: body.text("resultType"),
      results: body.list("insightResults").slice(0, limits.listEntries),
    }),
    occurredAt: event.time("time"),
    event: given,
  });
  return takenReport(report, [...event.warnings, ...body.warnings]);
}
