import { expect, test } from "vitest";
import { tooMuchJson } from "./json-size.ts";

const lists = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
const objects = (levels: number) => '{"a":'.repeat(levels - 1) + "{}".padEnd(levels + 1, "}");

test.each([
  ["100 lists in each other", lists(100), null],
  ["101 lists in each other", lists(101), "levels"],
  ["100 objects in each other", objects(100), null],
  ["101 objects in each other", objects(101), "levels"],
  ["300 objects beside each other", `[${"{},".repeat(299)}{}]`, null],
  ["49,998 values in a list", `[${"1,".repeat(49_997)}1]`, null],
  ["50,000 values in a list", `[${"1,".repeat(49_999)}1]`, "values"],
  ["brackets and commas in a text", JSON.stringify(["[{,".repeat(60_000)]), null],
  ["a quote in a text", JSON.stringify(['"', "[".repeat(200)]), null],
  ["brackets after a backslash that ends a text", `["\\\\",${lists(101)}]`, "levels"],
])("%s", (_, json, tooMany) => {
  expect(tooMuchJson(json)).toEqual(tooMany && expect.stringContaining(tooMany));
});
