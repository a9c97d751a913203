import { expect, test } from "vitest";
import type { IngestResult } from "../contract.ts";
import { afterReplay, bodyOutcome, outcomeLetters, reportsToTake, resultsToKeep } from "./kept-body.ts";

const taken = (index: number): IngestResult => ({ index, outcome: "opened", alertId: "a", number: 1 });
const refused = (index: number): IngestResult => ({
  index,
  outcome: "invalid",
  field: "title",
  expected: "text",
});
const warned = (index: number): IngestResult => ({
  ...taken(index),
  warnings: [{ field: "time", expected: "a time" }],
});

test.each([
  ["", "refused"],
  ["xx", "refused"],
  ["tt", "taken"],
  ["tx", "partly"],
  ["wx", "partly"],
  ["tw", "partly"],
])("a body with the reports %o is %s", (outcomes, outcome) => {
  expect(bodyOutcome(outcomes)).toBe(outcome);
});

test("a result is one letter", () => {
  expect(outcomeLetters([taken(0), warned(1), refused(2), { index: 3, outcome: "ignored" }])).toBe("twxt");
});

test("a hundred results are kept, those that went wrong before the others, in order and cut", () => {
  const many = Array.from({ length: 300 }, (_, index) => (index === 250 ? refused(index) : taken(index)));
  const kept = resultsToKeep(many);
  expect(kept).toHaveLength(100);
  expect(kept.map(({ index }) => index)).toEqual([...Array(99).keys(), 250]);
  const [long] = resultsToKeep([{ index: 0, outcome: "invalid", field: "a", expected: "x".repeat(9000) }]);
  expect(long?.expected?.length).toBe(301);
});

test.each<[string, number, number[] | null]>([
  ["txt", 3, [1]],
  ["ttt", 3, []],
  ["wx", 2, [1]],
  ["x", 5, [0, 1, 2, 3, 4]],
  ["", 2, [0, 1]],
  ["ttx", 4, [2, 3]],
  ["txxt", 5, [1, 2, 3]],
  ["txxt", 3, [1]],
  ["txxt", 1, null],
  ["xtx", 4, null],
  ["tt", 3, []],
])("of the reports %o, now read as %d, a replay takes %o", (outcomes, now, indexes) => {
  expect(reportsToTake(outcomes, now)).toEqual(indexes);
});

test.each<[string, number, IngestResult[], string, number[]]>([
  ["txt", 3, [taken(1)], "ttt", [0, 1, 2]],
  ["txt", 3, [refused(1)], "txt", [0, 1, 2]],
  ["txt", 4, [warned(1), refused(2)], "twxt", [0, 1, 2, 3]],
  ["x", 2, [taken(0), taken(1)], "tt", [0, 1]],
  ["txxt", 3, [taken(1)], "ttt", [0, 1, 2]],
])("the reports %o, now %d, are after a replay of some %o", (outcomes, now, tried, letters, indexes) => {
  const results = [...outcomes].map((letter, index) => (letter === "x" ? refused(index) : taken(index)));
  const after = afterReplay({ outcomes, results }, now, tried);
  expect(after.outcomes).toBe(letters);
  expect(after.results.map(({ index }) => index)).toEqual(indexes);
  expect(outcomeLetters(after.results)).toBe(letters);
});
