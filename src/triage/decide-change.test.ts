import { expect, test } from "vitest";
import { decideChange } from "./decide-change.ts";

const ada = { id: "u1", email: "ada@acme.example", name: "Ada" };
const grace = { id: "u2", email: "grace@acme.example", name: "Grace" };
const alert = { status: "OPEN" as const, assignee: ada, statusVersion: 3, assigneeVersion: 2 };
const kinds = (decision: ReturnType<typeof decideChange>) =>
  decision.kind === "change" ? decision.events.map((event) => event.kind) : decision.kind;

test("a comment is part of the status change, or an event of its own", () => {
  expect(kinds(decideChange(alert, { status: "RESOLVED", comment: "VPN" }, false))).toEqual([
    "status_changed",
  ]);
  expect(kinds(decideChange(alert, { comment: "VPN" }, false))).toEqual(["commented"]);
});

test("a command for the current state changes nothing at any version", () => {
  expect(kinds(decideChange(alert, { status: "OPEN", assignee: ada, version: 1 }, false))).toEqual([]);
});

test("a command conflicts only with a later change of the same field", () => {
  expect(decideChange(alert, { status: "RESOLVED", version: 2 }, false)).toEqual({
    kind: "conflict",
    field: "status",
  });
  expect(kinds(decideChange(alert, { assignee: grace, version: 2 }, false))).toEqual(["assigned"]);
  expect(decideChange(alert, { assignee: null, version: 1 }, false)).toEqual({
    kind: "conflict",
    field: "assignee",
  });
});

test("a command without a version never conflicts", () => {
  expect(kinds(decideChange(alert, { status: "RESOLVED", assignee: null }, false))).toEqual([
    "unassigned",
    "status_changed",
  ]);
});

test("a required comment is needed for closing, not for reopening", () => {
  expect(decideChange(alert, { status: "CLOSED" }, true)).toEqual({ kind: "comment-required" });
  expect(kinds(decideChange({ ...alert, status: "CLOSED" }, { status: "OPEN" }, true))).toEqual([
    "status_changed",
  ]);
});
