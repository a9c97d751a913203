import type { Severity } from "../../alert/alert.ts";
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

/** GitHub's alerts of secret scanning, code scanning and Dependabot. */
export const github: SourceKind = {
  kind: "github",
  label: "GitHub",
  setup:
    "In the settings of a repository or organization, choose Webhooks > Add webhook. Enter this URL as Payload URL, application/json as Content type, and the key as Secret. Choose individual events: Code scanning alerts, Dependabot alerts, Secret scanning alerts. GitHub signs each request with the key, and Tocsin checks it.",
  config: `Payload URL: {url}
Content type: application/json
Secret: {key}`,
  sample: {
    action: "created",
    alert: {
      number: 1,
      state: "open",
      created_at: "2026-01-01T00:00:00Z",
      security_advisory: { ghsa_id: "GHSA-example", summary: "A first report", severity: "medium" },
      dependency: { package: { ecosystem: "npm", name: "example" } },
    },
    repository: { full_name: "acme/website" },
  },
  reads: {
    identity: "repository, alert kind and number; else window",
    severities:
      "code scanning: security_severity_level, else error HIGH, warning MEDIUM, note LOW, none INFO; Dependabot: critical to low; a secret: HIGH, CRITICAL if it is active or leaked in public",
    ends: "state fixed, dismissed, auto_dismissed or resolved; else the action",
    fields: "rule, advisory or secret type, package, location, html_url, created_at, repository, sender",
    retries:
      "GitHub waits 10 s and doesn't try again by itself; the same body counts once, so Redeliver doesn't double an alert",
  },
  parse: parseGitHub,
  signature: { header: "x-hub-signature-256", prefix: "sha256=" },
  readForm: formPayload,
  // A delivery's own id is in a header that is not signed, so that a replay could change it.
  eventId: () => "body",
};

/** GitHub's other content type, a form with `payload={…}`; null for JSON, which can't begin like that. */
function formPayload(text: string): string | null {
  return text.startsWith("payload=") ? new URLSearchParams(text).get("payload") : null;
}

type AlertKind = "secret-scanning" | "code-scanning" | "dependabot";

const expected = "an alert of secret scanning, code scanning or Dependabot";

function parseGitHub(given: unknown, source: SourceDefaults): ParsedItem[] {
  if (!isObject(given)) return [{ ok: false, field: "report", expected }];
  const fields = fieldsOf(given);
  const kind = kindOf(fields);
  // The ping for a new webhook, or an event that somebody chose by mistake.
  if (!kind) return [{ ok: false, ignored: true, field: "alert", expected }];
  const repository = fields.text("repository.full_name", "repository.id");
  const number = fields.text("alert.number", "alert.id");
  const subject = subjectOf(kind, fields);
  const { severity, warnings } = rateAlert(kind, fields, source);
  const report = finishReport({
    says: isOver(fields) ? "resolved" : "firing",
    title: [titleOf(source, subject.title), repository].filter(Boolean).join(": "),
    severity,
    detection: subject.detection ? { id: subject.detection, name: subject.title } : null,
    identity: repository && number ? { kind: "named", id: `${repository} ${kind} ${number}` } : null,
    logTypes: [`GitHub.${kind}`],
    tags: fields.texts("alert.rule.tags", "alert.security_advisory.cve_id"),
    description: fields.text(
      "alert.rule.full_description",
      "alert.rule.description",
      "alert.security_advisory.description",
      "alert.resolution_comment",
    ),
    reference: fields.address("alert.html_url"),
    context: filled({
      repository,
      action: fields.text("action"),
      state: fields.text("alert.state"),
      resolution: fields.text("alert.resolution", "alert.dismissed_reason"),
      validity: fields.text("alert.validity"),
      package: fields.object("alert.dependency.package"),
      manifest: fields.text("alert.dependency.manifest_path"),
      location: fields.object("alert.most_recent_instance.location", "location.details"),
      branch: fields.text("ref", "alert.most_recent_instance.ref"),
      sender: fields.text("sender.login"),
    }),
    occurredAt: fields.time("alert.created_at"),
    event: withoutSecret(given),
  });
  return [takenReport(report, [...warnings, ...fields.warnings])];
}

function kindOf(fields: Fields): AlertKind | null {
  const has = (...paths: string[]) => paths.some((path) => fields.value(path) !== undefined);
  if (has("alert.secret_type", "alert.secret_type_display_name")) return "secret-scanning";
  if (has("alert.security_advisory", "alert.security_vulnerability", "alert.dependency")) return "dependabot";
  if (has("alert.affected_package_name")) return "dependabot";
  return has("alert.rule", "alert.most_recent_instance") ? "code-scanning" : null;
}

function subjectOf(kind: AlertKind, fields: Fields): { title: string | null; detection: string | null } {
  switch (kind) {
    case "secret-scanning": {
      const type = fields.text("alert.secret_type");
      const name = fields.text("alert.secret_type_display_name") ?? type;
      return { title: name && `Secret found: ${name}`, detection: type ?? name };
    }
    case "code-scanning": {
      const id = fields.text("alert.rule.id", "alert.rule.name");
      return { title: fields.text("alert.rule.description", "alert.rule.name") ?? id, detection: id };
    }
    case "dependabot": {
      const advisory = fields.text("alert.security_advisory.ghsa_id", "alert.ghsa_id");
      const name = fields.text("alert.dependency.package.name", "alert.affected_package_name");
      const summary = fields.text("alert.security_advisory.summary") ?? advisory;
      return { title: [summary, name && `(${name})`].filter(Boolean).join(" ") || null, detection: advisory };
    }
    default:
      return kind satisfies never;
  }
}

/** https://docs.github.com/code-security/code-scanning: severities of results that are no security problems. */
const results: Record<string, Severity> = { error: "HIGH", warning: "MEDIUM", note: "LOW", none: "INFO" };

function rateAlert(kind: AlertKind, fields: Fields, source: SourceDefaults): RatedReport {
  switch (kind) {
    case "secret-scanning": {
      const isPublic = fields.flag("alert.publicly_leaked") || fields.text("action") === "publicly_leaked";
      const live = isPublic || fields.text("alert.validity") === "active";
      return { severity: live ? "CRITICAL" : "HIGH", warnings: [] };
    }
    case "code-scanning": {
      const level = fields.text("alert.rule.security_severity_level");
      const result = fields.text("alert.rule.severity");
      const own = level ? null : results[result?.toLowerCase() ?? ""];
      return rate(own, level ?? result, source, "critical, high, medium, low, error, warning, note or none");
    }
    case "dependabot": {
      const word = fields.text(
        "alert.security_advisory.severity",
        "alert.security_vulnerability.severity",
        "alert.severity",
      );
      return rate(null, word, source, "critical, high, medium or low");
    }
    default:
      return kind satisfies never;
  }
}

const over = ["fixed", "dismissed", "auto_dismissed", "resolved"];
const ending = [...over, "closed_by_user", "dismiss", "resolve"];

/** Events of secret scanning have no state, but a resolution or an action. */
function isOver(fields: Fields): boolean {
  const state = fields.text("alert.state")?.toLowerCase();
  if (state) return over.includes(state);
  const action = fields.text("action")?.toLowerCase() ?? "";
  if (action === "reopened") return false;
  return ending.includes(action) || fields.text("alert.resolution") !== null;
}

/** The API has the found secret in the alert; a copy of it in Tocsin would be one more leak. */
function withoutSecret(given: Record<string, unknown>): Record<string, unknown> {
  if (!isObject(given.alert) || !("secret" in given.alert)) return given;
  return { ...given, alert: { ...given.alert, secret: "[left out]" } };
}
