import type { SourceKind } from "../../../src/alert/report.ts";

interface Target {
  kind: SourceKind;
  url: string;
  /** The key, or a placeholder once it can't be shown any more. */
  key: string;
}

/** A curl command that sends a first report to a source, in the format of its kind. */
export function curl({ kind, url, key }: Target): string {
  const body = JSON.stringify(sample(kind));
  // Tools that post to Slack webhooks only take a URL, so the key is part of it.
  if (kind === "slack-webhook") return `curl '${url}?key=${key}' \\\n  --json '${body}'`;
  return `curl '${url}' \\\n  -H 'X-API-Key: ${key}' \\\n  --json '${body}'`;
}

function sample(kind: SourceKind): unknown {
  switch (kind) {
    case "native":
      return { title: "A first report", severity: "LOW", description: "Sent with curl" };
    case "panther":
      return {
        id: "Example.Rule",
        alertId: "example-1",
        title: "A first report",
        severity: "LOW",
        type: "RULE",
        alertContext: {},
      };
    case "alertmanager":
      return {
        version: "4",
        status: "firing",
        alerts: [
          {
            status: "firing",
            labels: { alertname: "FirstReport", severity: "info" },
            annotations: { summary: "A first report" },
            startsAt: "2026-01-01T00:00:00Z",
            endsAt: "0001-01-01T00:00:00Z",
            fingerprint: "0123456789abcdef",
          },
        ],
      };
    case "slack-webhook":
      return { text: "A first report" };
    default:
      return kind satisfies never;
  }
}
