import { expect, test } from "vitest";
import { changesBetween, wantedChanges } from "./changes.ts";

test("a change has the fields that differ, from what to what", () => {
  const before = { name: "Ada", role: "Analyst", cidrs: ["10.0.0.0/8"], at: new Date(0), limit: null };
  const after = {
    name: "Ada",
    role: "Admin",
    cidrs: ["10.0.0.0/8"],
    at: new Date(0),
    limit: undefined,
    more: 1,
  };
  expect(changesBetween(before, after)).toEqual({
    role: { from: "Analyst", to: "Admin" },
    more: { from: null, to: 1 },
  });
  expect(changesBetween(before, { limit: null, cidrs: [] })).toEqual({
    cidrs: { from: ["10.0.0.0/8"], to: [] },
  });
});

test("what was wanted has no earlier values", () => {
  expect(wantedChanges({ status: "RESOLVED", assignee: null, comment: undefined })).toEqual({
    status: { to: "RESOLVED" },
    assignee: { to: null },
  });
});
