import { expect, test } from "vitest";
import { questionRow } from "./draw-home.ts";

const place = {
  timezone: "Europe/Berlin",
  now: new Date("2026-11-24T13:00:00Z"),
  publicUrl: "https://tocsin.acme.example",
};
const asked = {
  id: "q",
  alert: { number: 1042, title: "Impossible travel" },
  question: "Was this you?",
  expiresAt: new Date("2026-11-24T17:00:00Z"),
};
const stands = (state: "waiting" | "sent" | "unreachable" | "over") =>
  JSON.stringify(questionRow({ ...asked, recipients: [{ name: "Eve", state, answer: null }] }, place)[1]);

test("an open question says which alert, how it stands at each who was asked, until when and where to go", () => {
  expect(stands("sent")).toContain("#1042 Impossible travel · Eve: no answer yet · open until 18:00 CET");
  expect(stands("sent")).toContain("https://tocsin.acme.example/alerts/1042");
});

test.each([
  ["waiting", "Eve: being asked"],
  ["unreachable", "Eve: could not be asked"],
  ["over", "Eve: did not answer"],
] as const)("%s is said in words", (state, words) => {
  expect(stands(state)).toContain(words);
});

test("an answer stands there as it was given", () => {
  const answer = { kind: "no", reason: "on a plane" } as const;
  const row = questionRow({ ...asked, recipients: [{ name: "Eve", state: "answered", answer }] }, place);
  expect(JSON.stringify(row)).toContain("Eve: No, this wasn't me: on a plane");
});
