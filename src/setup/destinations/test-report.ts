import type { Report } from "../../alert/report.ts";

interface Tested {
  id: string;
  displayName: string;
  /** Who asked for it. */
  by: string;
  /** Never the same twice: each test is an alert of its own. */
  nonce: string;
}

/** The alert by which somebody sees that a destination works: it goes there only, and needs nobody. */
export function testReport({ id, displayName, by, nonce }: Tested): Report {
  return {
    says: "firing",
    title: `Test alert for ${displayName}`,
    severity: "INFO",
    type: "RULE",
    detectionId: "Tocsin.TestAlert",
    detectionName: "Test alert",
    identity: { kind: "named", id: `test:${nonce}` },
    logTypes: [],
    tags: [],
    reports: {},
    description: `${by} sent it from Alert Destinations to see that alerts arrive here. There is nothing to do about it.`,
    runbook: null,
    reference: null,
    context: {},
    destinations: [id],
    occurredAt: null,
    event: { test: true },
  };
}
