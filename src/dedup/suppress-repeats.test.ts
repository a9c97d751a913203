import { expect, test } from "vitest";
import { decideRepeat } from "./suppress-repeats.ts";

const eve = "eve@acme.example";
const bob = "bob@acme.example";
const running = { email: eve, people: [eve, bob], severity: "MEDIUM" } as const;
const decide = (report: object, change: object = {}) =>
  decideRepeat({ ...running, ...change }, { severity: "MEDIUM", people: [eve], ...report });

test("a repeat for the same person is swallowed, a lesser one too", () => {
  expect(decide({})).toEqual({ kind: "swallow" });
  expect(decide({ severity: "LOW", people: [bob, eve] })).toEqual({ kind: "swallow" });
});

test.each([
  ["CRITICAL is never swallowed", decide({ severity: "CRITICAL" }), "critical"],
  ["nor is anything of an alert that became CRITICAL", decide({}, { severity: "CRITICAL" }), "critical"],
  ["what is graver than the answer was about", decide({ severity: "HIGH" }), "graver than the alert"],
  ["a repeat for somebody else", decide({ people: [bob] }), "somebody else"],
  ["one that names somebody more", decide({ people: [eve, "mallory@acme.example"] }), "somebody else"],
  ["one that names nobody", decide({ people: [] }), "somebody else"],
])("%s", (_, decision, because) => {
  expect(decision).toEqual({ kind: "news", because });
});
