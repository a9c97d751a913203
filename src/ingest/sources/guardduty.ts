import type { Severity } from "../../alert/alert.ts";
import { eventBridgeId, eventBridgeRetries, readPassedOn } from "../eventbridge.ts";
import { fieldsOf } from "../fields/any-case.ts";
import { filled } from "../fields/loose-fields.ts";
import { byThreshold, rate } from "../fields/own-scale.ts";
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

/** Amazon GuardDuty's findings, from EventBridge or SNS. `id` identifies a finding; updates of it join. */
export const guardduty: SourceKind = {
  kind: "guardduty",
  label: "Amazon GuardDuty",
  setup:
    'In EventBridge, create an API destination with this URL and a connection with the API key X-API-Key, and a rule for the source aws.guardduty whose target it is. Or let the rule send to an SNS topic and subscribe this address to it by HTTPS: Tocsin confirms the subscription by itself. Leave "raw message delivery" off.',
  config: "{url}?key={key}",
  sample: {
    version: "0",
    id: "11111111-2222-3333-4444-555555555555",
    "detail-type": "GuardDuty Finding",
    source: "aws.guardduty",
    account: "111122223333",
    time: "2026-01-01T00:00:00Z",
    region: "eu-central-1",
    detail: {
      id: "example-1",
      type: "Recon:EC2/PortProbeUnprotectedPort",
      severity: 5,
      title: "A first report",
      region: "eu-central-1",
      accountId: "111122223333",
      service: { count: 1, additionalInfo: { sample: true } },
    },
  },
  reads: {
    identity: "detail.id, else window",
    severities: "severity: from 9 CRITICAL, from 7 HIGH, from 4 MEDIUM, below LOW",
    ends: "service.archived",
    fields:
      "title, type, description, updatedAt, account, region, resource, action, count; a sample is tagged",
    retries: eventBridgeRetries,
  },
  parse: parseGuardDuty,
  keyInQuery: true,
  openEnvelope: openSnsEnvelope,
  eventId: eventBridgeId,
};

const scale = [
  [9, "CRITICAL"],
  [7, "HIGH"],
  [4, "MEDIUM"],
  [0, "LOW"],
] as const satisfies readonly (readonly [number, Severity])[];

function parseGuardDuty(given: unknown, source: SourceDefaults): ParsedItem[] {
  if (!isObject(given)) return [{ ok: false, field: "report", expected: "a finding of GuardDuty" }];
  if (isEnvelope(given)) return [strayEnvelope];
  const { detail, detailType, event } = readPassedOn(given);
  const finding = fieldsOf(detail, detailType ? "detail." : "");
  const number = finding.value("severity");
  const { severity, warnings } = rate(
    byThreshold(number, scale, 10),
    number,
    source,
    "a number from 0 to 10",
  );
  const id = finding.text("id");
  const type = finding.text("type");
  const region = finding.text("region") ?? event.text("region");
  const sample = finding.object("service.additionalInfo").sample === true;
  const report = finishReport({
    says: finding.flag("service.archived") ? "resolved" : "firing",
    title: titleOf(source, finding.text("title"), type, detailType),
    severity,
    detection: type ? { id: type } : null,
    identity: id ? { kind: "named", id } : null,
    logTypes: ["AWS.GuardDuty"],
    tags: sample ? ["sample finding"] : [],
    description: finding.text("description"),
    reference: consoleLink(region, id),
    context: filled({
      account: finding.text("accountId") ?? event.text("account"),
      region,
      resource: finding.object("resource"),
      action: finding.object("service.action"),
      count: finding.value("service.count"),
      archived: finding.value("service.archived"),
      additionalInfo: finding.object("service.additionalInfo"),
      firstSeen: finding.text("service.eventFirstSeen"),
      lastSeen: finding.text("service.eventLastSeen"),
      arn: finding.text("arn"),
    }),
    occurredAt: finding.time("updatedAt", "createdAt") ?? event.time("time"),
    event: given,
  });
  return [takenReport(report, [...warnings, ...event.warnings, ...finding.warnings])];
}

/** The finding in the AWS console; null unless both parts look as AWS makes them. */
function consoleLink(region: string | null, id: string | null): string | null {
  if (!region || !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region) || !id || !/^[0-9a-f]{32}$/.test(id)) return null;
  const domain = region.startsWith("cn-") ? "console.amazonaws.cn" : "console.aws.amazon.com";
  return `https://${region}.${domain}/guardduty/home?region=${region}#/findings?macros=current&fId=${id}`;
}
