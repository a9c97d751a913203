import { expect, test } from "vitest";
import { decideRepeat } from "./suppress-repeats.ts";

const eve = "eve@acme.example";
const bob = "bob@acme.example";
const active = { email: eve, people: [eve, bob], severity: "MEDIUM" } as const;
const decide = (report: object, change: object = {}) =>
  decideRepeat({ ...active, ...change }, { severity: "MEDIUM", people: [eve], ...report });

test("a repeat for the same person is suppressed, also when less severe", () => {
  expect(decide({})).toEqual({ kind: "suppress" });
  expect(decide({ severity: "LOW", people: [bob, eve] })).toEqual({ kind: "suppress" });
});

test.each([
  ["a CRITICAL report opens an alert", decide({ severity: "CRITICAL" }), "critical"],
  ["a report for a CRITICAL alert opens an alert", decide({}, { severity: "CRITICAL" }), "critical"],
  ["a report more severe than the alert opens an alert", decide({ severity: "HIGH" }), "more severe"],
  ["a repeat for another person opens an alert", decide({ people: [bob] }), "other people"],
  [
    "a repeat that names an additional person opens an alert",
    decide({ people: [eve, "mallory@acme.example"] }),
    "other people",
  ],
  ["a repeat that names nobody opens an alert", decide({ people: [] }), "other people"],
])("%s", (_, decision, because) => {
  expect(decision).toEqual({ kind: "open", because });
});
