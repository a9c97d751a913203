import { expect, test } from "vitest";
import { decideAsking } from "./decide-asking.ts";

const eve = {
  kind: "person",
  slackId: "U0EVE",
  name: "Eve Adler",
  email: "eve@acme.example",
  timezone: "Europe/Berlin",
} as const;
const due: Parameters<typeof decideAsking>[0] = {
  alert: { status: "OPEN", severity: "HIGH" },
  asks: true,
  to: { reached: true, recipient: eve },
  asked: 2,
  quietUntil: null,
};
const until = new Date("2026-11-25T06:00:00Z");
const critical = { ...due.alert, severity: "CRITICAL" } as const;

test.each<[string, Partial<typeof due>, object]>([
  ["of an open alert is asked", {}, { kind: "ask", to: eve }],
  [
    "over the limit is not asked",
    { asked: 3 },
    { kind: "drop", why: expect.stringContaining("already got 3") },
  ],
  ["in quiet hours waits", { quietUntil: until }, { kind: "wait", to: eve, until }],
  ["over the limit waits first", { asked: 3, quietUntil: until }, { kind: "wait", to: eve, until }],
  ["of a CRITICAL alert is asked in quiet hours", { alert: critical, quietUntil: until }, { kind: "ask" }],
  [
    "of a CRITICAL alert keeps the limit",
    { alert: critical, asked: 3, quietUntil: until },
    { kind: "drop", why: expect.stringContaining("within an hour") },
  ],
  [
    "of a closed alert is not asked",
    { alert: { ...due.alert, status: "CLOSED" } },
    { kind: "drop", why: "the alert is already Invalid" },
  ],
  [
    "of a detection that no longer asks is not asked",
    { asks: false, to: null },
    { kind: "drop", why: "its detection no longer asks" },
  ],
  [
    "to somebody who can't be reached counts as no answer",
    { to: { reached: false, name: "frank", why: "it is a bot" }, quietUntil: until },
    { kind: "unreachable", name: "frank", why: "it is a bot" },
  ],
])("an automatic question %s", (_, change, decision) => {
  expect(decideAsking({ ...due, ...change })).toMatchObject(decision);
});
