import { expect, test } from "vitest";
import { decideReminder } from "./remind.ts";

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 24, 12, minutes));
const due = {
  status: "OPEN",
  assigned: false,
  reminder: { afterMinutes: 15, repeat: false },
  since: at(0),
} as const;

test("an alert that is still open and nobody's is reminded of once", () => {
  expect(decideReminder(due, at(15))).toEqual({ kind: "remind", minutes: 15, nextAt: null });
});

test("or again after each interval; those that were missed are one", () => {
  const again = { ...due, reminder: { afterMinutes: 15, repeat: true } };
  expect(decideReminder(again, at(15))).toEqual({ kind: "remind", minutes: 15, nextAt: at(30) });
  expect(decideReminder(again, at(125))).toEqual({ kind: "remind", minutes: 125, nextAt: at(140) });
});

test.each(["TRIAGED", "RESOLVED", "CLOSED"] as const)("nobody is reminded of one that is %s", (status) => {
  expect(decideReminder({ ...due, status }, at(15))).toEqual({ kind: "stop", why: "in hand" });
});

test("nor of one that somebody has", () => {
  expect(decideReminder({ ...due, assigned: true }, at(15))).toEqual({ kind: "stop", why: "in hand" });
});

test("a reminder that was taken out of the settings meanwhile is none", () => {
  expect(decideReminder({ ...due, reminder: null }, at(15))).toEqual({ kind: "stop", why: "not wanted" });
});
