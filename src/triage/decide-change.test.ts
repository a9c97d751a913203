import { expect, test } from "vitest";
import { decideChange } from "./decide-change.ts";

const ada = { id: "u1", email: "ada@acme.example", name: "Ada" };
const grace = { id: "u2", email: "grace@acme.example", name: "Grace" };
const alert = { status: "OPEN" as const, assignee: ada, statusVersion: 3, assigneeVersion: 2 };
const kinds = (decision: ReturnType<typeof decideChange>) =>
  decision.kind === "change" ? decision.events.map((event) => event.kind) : decision.kind;

test("status with a comment is one event, a comment alone another", () => {
  expect(kinds(decideChange(alert, { status: "RESOLVED", comment: "VPN" }, false))).toEqual([
    "status_changed",
  ]);
  expect(kinds(decideChange(alert, { comment: "VPN" }, false))).toEqual(["commented"]);
});

test("what is already so changes nothing, at any version", () => {
  expect(kinds(decideChange(alert, { status: "OPEN", assignee: ada, version: 1 }, false))).toEqual([]);
});

test("only a later change of the same field conflicts", () => {
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

test("without a version the last write wins", () => {
  expect(kinds(decideChange(alert, { status: "RESOLVED", assignee: null }, false))).toEqual([
    "unassigned",
    "status_changed",
  ]);
});

test("a required comment binds closing, not reopening", () => {
  expect(decideChange(alert, { status: "CLOSED" }, true)).toEqual({ kind: "comment-required" });
  expect(kinds(decideChange({ ...alert, status: "CLOSED" }, { status: "OPEN" }, true))).toEqual([
    "status_changed",
  ]);
});
