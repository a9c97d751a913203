import type { Report } from "../../src/alert/report.ts";

/** A report as a parser returns it, with `fields` applied. */
export function report(fields: Partial<Report> = {}): Report {
  const title = fields.title ?? "Impossible travel";
  return {
    says: "firing",
    title,
    severity: "HIGH",
    type: "RULE",
    detectionId: "Okta.ImpossibleTravel",
    detectionName: null,
    identity: { kind: "windowed", dedupString: title, periodMinutes: 60 },
    logTypes: [],
    tags: [],
    reports: {},
    description: null,
    runbook: null,
    reference: null,
    context: {},
    destinations: null,
    occurredAt: null,
    event: { seen: title },
    ...fields,
  };
}
