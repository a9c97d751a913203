import { expect, test } from "vitest";
import { decideReminder } from "./remind.ts";

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 24, 12, minutes));
const due = {
  status: "OPEN",
  assigned: false,
  reminder: { afterMinutes: 15, repeat: false },
  since: at(0),
} as const;

test("a due reminder is sent once while the alert is open and unassigned", () => {
  expect(decideReminder(due, at(15))).toEqual({ kind: "remind", minutes: 15, nextAt: null });
});

test("a repeated reminder comes after each interval, and missed ones count as one", () => {
  const again = { ...due, reminder: { afterMinutes: 15, repeat: true } };
  expect(decideReminder(again, at(15))).toEqual({ kind: "remind", minutes: 15, nextAt: at(30) });
  expect(decideReminder(again, at(125))).toEqual({ kind: "remind", minutes: 125, nextAt: at(140) });
});

test.each(["TRIAGED", "RESOLVED", "CLOSED"] as const)("a reminder stops when the alert is %s", (status) => {
  expect(decideReminder({ ...due, status }, at(15))).toEqual({ kind: "stop", why: "handled" });
});

test("a reminder stops when the alert is assigned", () => {
  expect(decideReminder({ ...due, assigned: true }, at(15))).toEqual({ kind: "stop", why: "handled" });
});

test("a reminder stops when the destination no longer has it", () => {
  expect(decideReminder({ ...due, reminder: null }, at(15))).toEqual({ kind: "stop", why: "not set" });
});
