import type { Alert } from "../../src/alert/alert.ts";
import type { CardView } from "../../src/triage/card/card-view.ts";

export const ada = { type: "user", id: "0199f3c2-0000-7000-8000-00000000ada0", name: "Ada" } as const;
export const grace = {
  id: "0199f3c2-0000-7000-8000-00000000face",
  email: "grace@acme.example",
  name: "Grace",
};

/** An alert with usual values, with `change` applied. */
export function anAlert(change: Partial<Alert> = {}): Alert {
  const at = new Date("2026-11-24T13:02:00Z");
  return {
    id: "0199f3c2-7a10-7c1e-9f0b-5a1d2c3b4e5f",
    number: 1042,
    version: 1,
    title: "Impossible travel for eve@acme.example",
    severity: "HIGH",
    status: "OPEN",
    disposition: null,
    duplicateOf: null,
    type: "RULE",
    source: { id: "0199f3c2-0000-7000-8000-0000000050ac", name: "Okta", kind: "native" },
    detection: { id: "okta-impossible-travel", name: "Okta.ImpossibleTravel" },
    dedupString: "eve@acme.example",
    logTypes: ["Okta.SystemLog"],
    tags: ["identity"],
    reports: { "MITRE ATT&CK": ["TA0001:T1078"] },
    description:
      "Two sign-ins for eve@acme.example 38 minutes apart from Berlin (DE) and São Paulo (BR). <!channel> stays text.",
    runbook: "https://wiki.acme.example/runbooks/impossible-travel",
    reference: null,
    context: { ip: "203.0.113.7", geo: { city: "São Paulo" } },
    eventCount: 3,
    reportedAgain: false,
    silencedBy: null,
    assignee: null,
    createdAt: at,
    firstEventOccurredAt: at,
    lastReceivedEventAt: at,
    updatedAt: at,
    updatedBy: { type: "system", id: null, name: "Tocsin" },
    statusSet: null,
    ...change,
  };
}

/** What the alert's card is drawn from, for a destination in Berlin time on the same day. */
export function aView(alert: Alert, change: Partial<CardView> = {}): CardView {
  return {
    alert,
    place: { timezone: "Europe/Berlin", alertUrl: "https://tocsin.acme.example/alerts/1042?from=slack" },
    assigneeSlackId: null,
    block: { redraws: 0 },
    now: new Date("2026-11-24T15:00:00Z"),
    ...change,
  };
}
