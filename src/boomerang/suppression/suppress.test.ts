import { expect, test } from "vitest";
import { decideSuppression } from "./suppress.ts";

const recipient = {
  kind: "person",
  name: "Eve Adler",
  email: "Eve@acme.example",
  answer: { kind: "yes", reason: null },
} as const;
const alert = { severity: "HIGH", people: ["eve@acme.example", "bob@acme.example"] } as const;
const decide = (answer: object = {}, about: object = {}, suppressed = false) =>
  decideSuppression({
    recipient: { ...recipient, ...answer },
    alert: { ...alert, ...about },
    suppressed,
  });

test("repeats can be suppressed after a person's Yes", () => {
  expect(decide()).toEqual({ kind: "suppress", email: "eve@acme.example" });
});

test.each([
  ["a No", decide({ answer: { kind: "no", reason: null } }), "has not answered Yes"],
  ["a free-text answer", decide({ answer: { kind: "text", text: "Yes" } }), "has not answered Yes"],
  ["no answer yet", decide({ answer: null }), "has not answered Yes"],
  ["a channel's Yes", decide({ kind: "channel", email: null }), "Ask the person directly"],
  ["a CRITICAL alert", decide({}, { severity: "CRITICAL" }), "never suppressed"],
  [
    "an alert without the person's email",
    decide({}, { people: ["bob@acme.example"] }),
    "can't be recognised",
  ],
  ["repeats that are suppressed already", decide({}, {}, true), "already suppressed"],
])("suppression is refused for %s", (_, decision, why) => {
  expect(decision).toEqual({ kind: "refuse", why: expect.stringContaining(why) });
});
