import { expect, test } from "vitest";
import { decideSuppression } from "./suppress.ts";

const ask = {
  kind: "person",
  name: "Eve Adler",
  email: "Eve@acme.example",
  answer: { kind: "yes", reason: null },
} as const;
const alert = { severity: "HIGH", people: ["eve@acme.example", "bob@acme.example"] } as const;
const decide = (change: object = {}, about: object = {}, running = false) =>
  decideSuppression({ ask: { ...ask, ...change }, alert: { ...alert, ...about }, running });

test("after a person's Yes repeats for them may be suppressed", () => {
  expect(decide()).toEqual({ kind: "suppress", email: "eve@acme.example" });
});

test.each([
  ["a No", decide({ answer: { kind: "no", reason: null } }), "has not answered Yes"],
  ["free words", decide({ answer: { kind: "text", text: "Yes" } }), "has not answered Yes"],
  ["no answer", decide({ answer: null }), "has not answered Yes"],
  ["a channel's Yes", decide({ kind: "channel", email: null }), "Ask the person themselves"],
  ["a critical alert", decide({}, { severity: "CRITICAL" }), "never suppressed"],
  ["an alert that names somebody else", decide({}, { people: ["bob@acme.example"] }), "can't be told apart"],
  ["a suppression that runs", decide({}, {}, true), "suppressed already"],
])("not after %s", (_, decision, why) => {
  expect(decision).toEqual({ kind: "refuse", why: expect.stringContaining(why) });
});
