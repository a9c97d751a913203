import { limits } from "../cut-to-limits.ts";
import { type Fields, fieldsOf } from "../fields/any-case.ts";
import { filled } from "../fields/loose-fields.ts";
import { rate } from "../fields/own-scale.ts";
import { isObject, textOf } from "../fields/read-fields.ts";
import { finishReport } from "../finish-report.ts";
import {
  type ParsedItem,
  type SourceDefaults,
  type SourceKind,
  takenReport,
  titleOf,
} from "../source-kind.ts";

/** Incidents of Microsoft Sentinel from a Logic App, and alerts and incidents of Defender as Microsoft Graph has them. */
export const sentinel: SourceKind = {
  kind: "sentinel",
  label: "Microsoft Sentinel and Defender",
  setup:
    "Make a Logic App with the trigger Microsoft Sentinel incident and the action HTTP: POST to this URL, with the header X-API-Key and the key, and the whole trigger body as its body. Let one automation rule run it when an incident is created, and one when it is updated. For Defender, post each alert or incident of Microsoft Graph's list.",
  config: `POST {url}
X-API-Key: {key}

@{triggerBody()}`,
  sample: {
    objectSchemaType: "Incident",
    objectEventType: "Create",
    object: {
      name: "example-1",
      type: "Microsoft.SecurityInsights/Incidents",
      properties: {
        title: "A first report",
        severity: "Medium",
        status: "New",
        incidentNumber: 1,
        createdTimeUtc: "2026-01-01T00:00:00Z",
      },
    },
  },
  reads: {
    identity: "the incident's name, or id from Graph; else window",
    severities: "severity: High, Medium, Low, Informational",
    ends: "status Closed, resolved, dismissed or redirected",
    fields:
      "title or displayName, description, first rule or detectorId, tactics, techniques, labels, entities, evidence, incidentUrl",
    retries:
      "a Logic App tries again four times after 408, 429 and 5xx. An event with an eventUniqueId counts once",
  },
  parse: parseSentinel,
  eventId: (body) => fieldsOf(body).text("eventUniqueId"),
};

const expected =
  "an incident or alert itself. A change notification has only its address; let a Logic App read and forward it";

function parseSentinel(given: unknown, source: SourceDefaults): ParsedItem[] {
  if (!isObject(given)) return [{ ok: false, field: "report", expected }];
  const body = fieldsOf(given);
  const listed = body.list("value");
  if (listed.length > limits.reportsAtOnce)
    return [{ ok: false, field: "value", expected: `at most ${limits.reportsAtOnce} alerts` }];
  return listed.length > 0 ? listed.map((one) => parseOne(one, source)) : [parseOne(given, source)];
}

function parseOne(given: unknown, source: SourceDefaults): ParsedItem {
  const outer = fieldsOf(given);
  if (!isObject(given) || outer.value("resourceData")) return { ok: false, field: "report", expected };
  const wrapped = outer.object("object");
  const incident = "name" in wrapped || "properties" in wrapped ? wrapped : given;
  const fields = fieldsOf(incident);
  // Azure's resources have their fields in `properties`, and Graph's objects don't.
  const inner = fieldsOf({ ...incident, ...fields.object("properties") });
  const id =
    "properties" in incident ? fields.text("name", "id") : fields.text("id", "alertId", "incidentId");
  const word = inner.value("severity");
  const { severity, warnings } = rate(null, word, source, "High, Medium, Low or Informational");
  const rule = inner.text("detectorId", "relatedAnalyticRuleIds.0", "alertRuleId", "category");
  const number = inner.text("incidentNumber");
  const techniques = inner.texts("mitreTechniques", "additionalData.techniques");
  const report = finishReport({
    says: isOver(inner) ? "resolved" : "firing",
    title: titleOf(source, inner.text("title", "displayName", "alertDisplayName")),
    severity,
    detection: rule ? { id: rule.split("/").at(-1) || rule } : null,
    identity: id ? { kind: "named", id } : null,
    logTypes: inner.texts("additionalData.alertProductNames", "serviceSource", "detectionSource"),
    tags: labelsOf(inner),
    reports: techniques.length > 0 ? { "MITRE ATT&CK": techniques } : {},
    description: inner.text("description"),
    runbook: inner.text("recommendedActions"),
    reference: inner.address("incidentUrl", "alertWebUrl", "incidentWebUrl"),
    context: filled({
      number,
      status: inner.text("status"),
      tenant: inner.text("tenantId"),
      workspace: outer.text("workspaceInfo.workspaceName"),
      category: inner.text("category"),
      tactics: inner.texts("additionalData.tactics"),
      owner: inner.object("owner"),
      classification: inner.text("classification"),
      determination: inner.text("determination"),
      entities: inner.list("relatedEntities"),
      evidence: inner.list("evidence"),
    }),
    occurredAt: inner.time("createdTimeUtc", "createdDateTime", "alertCreationTime", "firstActivityDateTime"),
    event: given,
  });
  return takenReport(report, [...warnings, ...outer.warnings, ...fields.warnings, ...inner.warnings]);
}

/** A redirected incident was merged into another one. */
function isOver(fields: Fields): boolean {
  const status = fields.text("status")?.toLowerCase() ?? "";
  return ["closed", "resolved", "dismissed", "redirected"].includes(status);
}

function labelsOf(fields: Fields): string[] {
  const named = fields
    .list("labels")
    .flatMap((label) => fieldsOf(label).text("labelName") ?? textOf(label) ?? []);
  return [...named, ...fields.texts("customTags"), ...fields.texts("systemTags")];
}
