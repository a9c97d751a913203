import { expect, test } from "vitest";
import { type AlertCommand, decideChange } from "./decide-change.ts";

const ada = { id: "u1", email: "ada@acme.example", name: "Ada" };
const grace = { id: "u2", email: "grace@acme.example", name: "Grace" };
const alert = {
  number: 1042,
  status: "OPEN",
  disposition: null,
  duplicateOf: null,
  assignee: ada,
  tags: ["vpn"],
  statusVersion: 3,
  assigneeVersion: 2,
} as const satisfies Omit<Parameters<typeof decideChange>[0], "tags"> & { tags: readonly string[] };
const closed = { ...alert, status: "RESOLVED", disposition: "BENIGN" } as const;
const free = { commentRequired: false, dispositionRequired: false };
const strict = { commentRequired: false, dispositionRequired: true };

type State = Omit<Parameters<typeof decideChange>[0], "tags"> & { tags: readonly string[] };
const decide = (state: State, command: AlertCommand, rules = free) =>
  decideChange({ ...state, tags: [...state.tags] }, command, rules);
const kinds = (decision: ReturnType<typeof decideChange>) =>
  decision.kind === "change" ? decision.events.map((event) => event.kind) : decision.kind;

test("a comment is part of the status change, or an event of its own", () => {
  expect(kinds(decide(alert, { status: "RESOLVED", comment: "VPN" }))).toEqual(["status_changed"]);
  expect(kinds(decide(alert, { comment: "VPN" }))).toEqual(["commented"]);
});

test("a command for the current state changes nothing at any version", () => {
  expect(kinds(decide(alert, { status: "OPEN", assignee: ada, version: 1, tags: ["vpn"] }))).toEqual([]);
  const same = { status: "RESOLVED", disposition: "BENIGN", version: 1 } as const;
  expect(kinds(decide(closed, same))).toEqual([]);
});

test("a command conflicts only with a later change of the same field", () => {
  expect(decide(alert, { status: "RESOLVED", version: 2 })).toEqual({ kind: "conflict", field: "status" });
  expect(kinds(decide(alert, { assignee: grace, version: 2 }))).toEqual(["assigned"]);
  expect(decide(alert, { assignee: null, version: 1 })).toEqual({ kind: "conflict", field: "assignee" });
  const late = { status: "RESOLVED", disposition: "OTHER", version: 2 } as const;
  expect(decide(closed, late)).toEqual({ kind: "conflict", field: "disposition" });
  expect(kinds(decide(closed, { ...late, version: 3 }))).toEqual(["disposition_changed"]);
});

test("a command without a version never conflicts", () => {
  expect(kinds(decide(alert, { status: "RESOLVED", assignee: null }))).toEqual([
    "unassigned",
    "status_changed",
  ]);
});

test("a required comment is needed for closing, not for reopening", () => {
  const rules = { ...free, commentRequired: true };
  expect(decide(alert, { status: "CLOSED" }, rules)).toMatchObject({ kind: "invalid", field: "comment" });
  expect(kinds(decide({ ...alert, status: "CLOSED" }, { status: "OPEN" }, rules))).toEqual([
    "status_changed",
  ]);
  expect(kinds(decide(closed, { disposition: "OTHER" }, rules))).toEqual(["disposition_changed"]);
});

test("a disposition is part of the status change that closes the alert", () => {
  const to = { disposition: "DUPLICATE", duplicateOf: 7 } as const;
  expect(decide(alert, { status: "CLOSED", ...to })).toEqual({
    kind: "change",
    events: [{ kind: "status_changed", data: { from: "OPEN", to: "CLOSED", comment: null, ...to } }],
  });
  const from = { disposition: "BENIGN", duplicateOf: null };
  expect(decide(closed, to)).toEqual({
    kind: "change",
    events: [{ kind: "disposition_changed", data: { from, to } }],
  });
});

test.each([
  ["of an open alert", alert, { disposition: "BENIGN" }, "disposition"],
  ["of an alert that is reopened", closed, { status: "OPEN", disposition: "OTHER" }, "disposition"],
  ["DUPLICATE without a number", closed, { disposition: "DUPLICATE" }, "duplicateOf"],
  ["DUPLICATE of itself", closed, { disposition: "DUPLICATE", duplicateOf: 1042 }, "duplicateOf"],
  ["OTHER with a number", closed, { disposition: "OTHER", duplicateOf: 7 }, "duplicateOf"],
  ["that is absent, with a number", closed, { duplicateOf: 7 }, "duplicateOf"],
] as const)("a disposition %s is invalid", (_, state, command, field) => {
  expect(decide(state, command)).toMatchObject({ kind: "invalid", field });
});

test.each([
  ["closing without one", alert, { status: "RESOLVED" }, false],
  ["closing with one", alert, { status: "RESOLVED", disposition: "OTHER" }, true],
  ["closing as Invalid what is Resolved, without one", closed, { status: "CLOSED" }, false],
  ["taking it away", closed, { disposition: null }, false],
  ["reopening", closed, { status: "OPEN" }, true],
  ["a comment on a closed alert", { ...closed, disposition: null }, { comment: "VPN" }, true],
] as const)("with a required disposition, %s is allowed: %#", (_, state, command, allowed) => {
  expect(decide(state, command, strict).kind).toBe(allowed ? "change" : "invalid");
});

test("tags are set as a list, and the event says which were added and removed", () => {
  expect(decide(alert, { tags: ["phishing", "vpn"] })).toEqual({
    kind: "change",
    events: [{ kind: "tags_changed", data: { added: ["phishing"], removed: [] } }],
  });
  expect(decide(alert, { tags: ["phishing"] })).toMatchObject({
    events: [{ data: { added: ["phishing"], removed: ["vpn"] } }],
  });
});

test("people set at most 50 tags of 100 characters, and keep more and longer ones of a source", () => {
  const many = Array.from({ length: 60 }, (_, n) => `${n}`);
  const long = "x".repeat(101);
  expect(decide(alert, { tags: many })).toMatchObject({ kind: "invalid", field: "tags" });
  expect(decide(alert, { tags: [long] })).toMatchObject({ kind: "invalid", field: "tags" });
  const fromSource = { ...alert, tags: [...many, long] };
  expect(kinds(decide(fromSource, { tags: [...many.slice(1), long] }))).toEqual(["tags_changed"]);
  expect(decide(fromSource, { tags: [...many, long, "new"] })).toMatchObject({ kind: "invalid" });
});
