import fc from "fast-check";
import { expect, test } from "vitest";
import { compareLines } from "./compare-lines.ts";

const shown = (before: string, after: string) =>
  compareLines(before, after).map(({ kind, text }) => ({ same: " ", added: "+", removed: "-" })[kind] + text);

test("equal lines appear once, and removed lines come before added ones", () => {
  expect(shown("a\nb\nc\n", "a\nx\nc\nd\n")).toEqual([" a", "-b", "+x", " c", "+d"]);
});

test("both texts can be rebuilt from the comparison", () => {
  const text = fc.array(fc.constantFrom("a", "b", "c", "")).map((lines) => lines.join("\n"));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = compareLines(before, after);
      const side = (other: string) => lines.filter(({ kind }) => kind !== other).map((line) => line.text);
      expect(side("added")).toEqual(before.replace(/\n$/, "").split("\n"));
      expect(side("removed")).toEqual(after.replace(/\n$/, "").split("\n"));
    }),
  );
});
