import { expect, test } from "vitest";
import { decideSourceResolve } from "./resolve-by-source.ts";

const open = { status: "OPEN" as const, touched: false, saidOver: false };

test("by default a source resolves what nobody has triaged or taken", () => {
  expect(decideSourceResolve(open, "untouched")).toEqual({ kind: "resolve" });
  expect(decideSourceResolve({ ...open, touched: true }, "untouched")).toEqual({ kind: "say-over" });
});

test("the policies always and never", () => {
  expect(decideSourceResolve({ ...open, touched: true }, "always")).toEqual({ kind: "resolve" });
  expect(decideSourceResolve(open, "never")).toEqual({ kind: "say-over" });
});

test("nothing to resolve, already closed, already said: ignored", () => {
  expect(decideSourceResolve(undefined, "always")).toEqual({ kind: "ignore", because: "no alert" });
  expect(decideSourceResolve({ ...open, status: "CLOSED" }, "always").kind).toBe("ignore");
  expect(decideSourceResolve({ ...open, saidOver: true }, "never").kind).toBe("ignore");
});
