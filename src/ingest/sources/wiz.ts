import { fieldsOf } from "../fields/any-case.ts";
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

/** Wiz's issues, from an automation rule. */
export const wiz: SourceKind = {
  kind: "wiz",
  label: "Wiz",
  setup:
    "In Wiz, add an action under Settings > Automation > Actions: Webhook, with this URL, the authentication Token (Bearer) and the key as the token. Keep its default body. Then add automation rules for issues: created, reopened, and resolved, which ends alerts.",
  config: "Authorization: Bearer {key}",
  sample: {
    trigger: { source: "ISSUE", type: "Created", ruleId: "example", ruleName: "To Tocsin" },
    issue: { id: "example-1", status: "OPEN", severity: "MEDIUM", created: "2026-01-01T00:00:00Z" },
    resource: { name: "vm-1", type: "virtualMachine" },
    control: { id: "example", name: "A first report" },
  },
  reads: {
    identity: "issue.id, else window",
    severities: "issue.severity, else control.severity: CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL",
    ends: "issue.status RESOLVED or REJECTED",
    fields: "control (or sourceRule) name and description, resource, issue.created, projects, trigger",
    retries: "Wiz shows failed calls at the action; a repeat joins the alert",
  },
  parse: parseWiz,
};

function parseWiz(given: unknown, source: SourceDefaults): ParsedItem[] {
  if (!isObject(given)) return [{ ok: false, field: "report", expected: "an issue of Wiz" }];
  const fields = fieldsOf(given);
  const id = fields.text("issue.id", "issueId", ...("issue" in given ? [] : ["id"]));
  const rule = fields.text(
    "control.name",
    "sourceRule.name",
    "issue.sourceRule.name",
    "issue.title",
    "title",
  );
  const resource = fields.text("resource.name", "entitySnapshot.name", "issue.entitySnapshot.name");
  const word = fields.value("issue.severity", "severity", "control.severity");
  const { severity, warnings } = rate(null, word, source, "CRITICAL, HIGH, MEDIUM, LOW or INFORMATIONAL");
  const status = fields.text("issue.status", "status");
  const title = [rule, resource].filter(Boolean).join(": ");
  const report = finishReport({
    says: ["RESOLVED", "REJECTED"].includes(status?.toUpperCase() ?? "") ? "resolved" : "firing",
    title: titleOf(source, title),
    severity,
    detection: rule
      ? { id: fields.text("control.id", "sourceRule.id", "issue.sourceRule.id") ?? rule, name: rule }
      : null,
    identity: id ? { kind: "named", id } : null,
    logTypes: ["Wiz.Issues"],
    tags: fields.texts("control.risks", "issue.risks"),
    description: fields.text("control.description", "sourceRule.description", "issue.description"),
    runbook: fields.text("control.resolutionRecommendation", "issue.remediation"),
    reference: fields.address("issue.url", "issue.issueUrl", "issueUrl", "resource.cloudProviderURL"),
    context: filled({
      status,
      resource: fields.object("resource", "entitySnapshot", "issue.entitySnapshot"),
      projects: fields.value("issue.projects", "projects"),
      trigger: fields.object("trigger"),
    }),
    occurredAt: fields.time("issue.created", "issue.createdAt", "createdAt"),
    event: given,
  });
  return [takenReport(report, [...warnings, ...fields.warnings])];
}
