import { expect, test } from "vitest";
import { decideSourceResolve } from "./resolve-by-source.ts";

const open = { status: "OPEN" as const, touched: false, reportedOver: false };

test("the policy untouched resolves only alerts that nobody has triaged or assigned", () => {
  expect(decideSourceResolve(open, "untouched")).toEqual({ kind: "resolve" });
  expect(decideSourceResolve({ ...open, touched: true }, "untouched")).toEqual({ kind: "note-over" });
});

test("the policy always resolves touched alerts, and never resolves none", () => {
  expect(decideSourceResolve({ ...open, touched: true }, "always")).toEqual({ kind: "resolve" });
  expect(decideSourceResolve(open, "never")).toEqual({ kind: "note-over" });
});

test('a "resolved" is ignored without an alert, after a close, and when repeated', () => {
  expect(decideSourceResolve(undefined, "always")).toEqual({ kind: "ignore", because: "no alert" });
  expect(decideSourceResolve({ ...open, status: "CLOSED" }, "always").kind).toBe("ignore");
  expect(decideSourceResolve({ ...open, reportedOver: true }, "never").kind).toBe("ignore");
});
