import { expect, test } from "vitest";
import { reversalsOf, type Triaged } from "./undo.ts";

const ada = { id: "ada", name: "Ada", email: "ada@acme.example" };
const alert = (id: string, rest: Partial<Triaged> = {}): Triaged => ({
  id,
  status: "OPEN",
  assignee: null,
  ...rest,
});

test("alerts go back to their own status, and those that were alike together", () => {
  const before = [alert("1"), alert("2", { status: "TRIAGED" }), alert("3")];
  expect(reversalsOf(before, { status: "RESOLVED" })).toEqual([
    { ids: ["1", "3"], change: { status: "OPEN" } },
    { ids: ["2"], change: { status: "TRIAGED" } },
  ]);
});

test("alerts go back to their assignee, or to none", () => {
  const before = [alert("1", { assignee: ada }), alert("2")];
  expect(reversalsOf(before, { assignee: "grace" })).toEqual([
    { ids: ["1"], change: { assignee: "ada" } },
    { ids: ["2"], change: { assignee: null } },
  ]);
});

test("a closed alert that was reopened is not closed again, and an alert that had the status stays", () => {
  const before = [alert("1", { status: "RESOLVED" }), alert("2", { status: "TRIAGED" })];
  expect(reversalsOf(before, { status: "TRIAGED" })).toEqual([]);
});

test("a comment, a disposition and tags can't be undone", () => {
  expect(reversalsOf([alert("1")], {})).toEqual([]);
});
