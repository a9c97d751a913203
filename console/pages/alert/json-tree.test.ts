import { expect, test } from "vitest";
import { describeJson, startsOpen } from "./json-tree.tsx";

test.each([
  ["VPN", "string", "VPN"],
  ["", "string", ""],
  ["null", "string", "null"],
  [0, "number", "0"],
  [false, "boolean", "false"],
  [null, "null", "null"],
])("the value %j is a leaf of type %s", (value, type, text) => {
  expect(describeJson(value)).toEqual({ kind: "leaf", type, text });
});

test("lists and objects are branches with a count of their entries", () => {
  expect(describeJson(["a"])).toEqual({ kind: "branch", entries: [["0", "a"]], summary: "1 item" });
  expect(describeJson({ a: 1, b: 2 })).toMatchObject({ summary: "2 fields" });
  expect(describeJson({})).toMatchObject({ summary: "empty", entries: [] });
});

test("branches of the first two levels start open unless they are long or empty", () => {
  expect(startsOpen(12, 1)).toBe(true);
  expect(startsOpen(13, 0)).toBe(false);
  expect(startsOpen(3, 2)).toBe(false);
  expect(startsOpen(0, 0)).toBe(false);
});
