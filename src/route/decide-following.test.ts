import { expect, test } from "vitest";
import { decideFollowing } from "./decide-following.ts";

const yes = { kind: "yes", reason: null } as const;
const no = { kind: "no", reason: null } as const;
const resolve = { do: "resolve" } as const;
const raise = { do: "raise" } as const;
const alert = { status: "OPEN", severity: "HIGH", reopenedBy: null } as const;
const over: Parameters<typeof decideFollowing>[0] = {
  state: "answered",
  answer: yes,
  alert,
  onYes: resolve,
  onNo: raise,
};

test.each<[string, Partial<typeof over>, object]>([
  ["a Yes resolves", {}, { kind: "resolve" }],
  ["a Yes resolves a triaged alert", { alert: { ...alert, status: "TRIAGED" } }, { kind: "resolve" }],
  [
    "a Yes never resolves a CRITICAL alert",
    { alert: { ...alert, severity: "CRITICAL" } },
    { kind: "not-resolved" },
  ],
  [
    "a Yes leaves what a person has reopened",
    { alert: { ...alert, reopenedBy: "Ada" } },
    { kind: "not-resolved" },
  ],
  ["a Yes leaves a closed alert", { alert: { ...alert, status: "CLOSED" } }, { kind: "nothing" }],
  ["a Yes comments", { onYes: { do: "comment", text: "ok" } }, { kind: "comment", text: "ok" }],
  ["a Yes changes nothing", { onYes: { do: "nothing" } }, { kind: "nothing" }],
  ["an answer in free text changes nothing", { answer: { kind: "text", text: "no" } }, { kind: "nothing" }],
  ["a No raises", { answer: no }, { kind: "raise", to: "CRITICAL" }],
  [
    "a No raises no CRITICAL alert",
    { answer: no, alert: { ...alert, severity: "CRITICAL" } },
    { kind: "nothing" },
  ],
  [
    "a No raises no closed alert",
    { answer: no, alert: { ...alert, status: "RESOLVED" } },
    { kind: "nothing" },
  ],
  ["a No only mentions", { answer: no, onNo: { do: "mention" } }, { kind: "nothing" }],
  ["no answer raises", { state: "expired", answer: null }, { kind: "raise", to: "CRITICAL" }],
  [
    "no answer sends the alert elsewhere",
    { state: "expired", answer: null, onNo: { do: "send", destination: "d" } },
    { kind: "send", destination: "d" },
  ],
  ["a cancelled question changes nothing", { state: "cancelled", answer: null }, { kind: "nothing" }],
])("%s", (_, change, following) => {
  expect(decideFollowing({ ...over, ...change })).toMatchObject(following);
});
