import { expect, test } from "vitest";
import { questionRow } from "./draw-home.ts";

const context = {
  timezone: "Europe/Berlin",
  now: new Date("2026-11-24T13:00:00Z"),
  publicUrl: "https://tocsin.acme.example",
};
const question = {
  id: "q",
  alert: { number: 1042, title: "Impossible travel" },
  question: "Was this you?",
  expiresAt: new Date("2026-11-24T17:00:00Z"),
};
const stateOf = (state: "waiting" | "sent" | "unreachable" | "over") =>
  JSON.stringify(
    questionRow({ ...question, recipients: [{ name: "Eve", state, answer: null }] }, context)[1],
  );

test("an open question shows its alert, each recipient's state, its end and a link", () => {
  expect(stateOf("sent")).toContain("#1042 Impossible travel · Eve: no answer yet · open until 18:00 CET");
  expect(stateOf("sent")).toContain("https://tocsin.acme.example/alerts/1042");
});

test.each([
  ["waiting", "Eve: being sent"],
  ["unreachable", "Eve: can't be reached"],
  ["over", "Eve: did not answer"],
] as const)("a recipient who is %s is shown in words", (state, text) => {
  expect(stateOf(state)).toContain(text);
});

test("a recipient's answer is shown with its reason", () => {
  const answer = { kind: "no", reason: "on a plane" } as const;
  const row = questionRow({ ...question, recipients: [{ name: "Eve", state: "answered", answer }] }, context);
  expect(JSON.stringify(row)).toContain("Eve: No, this wasn't me: on a plane");
});
