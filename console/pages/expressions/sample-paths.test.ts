import { expect, test } from "vitest";
import { completions, samplePaths, typedPath } from "./sample-paths.ts";

const sample = JSON.stringify({
  site: "north",
  events: [{ name: "Door", "app name": "x" }, { host: { id: 7 } }],
  and: null,
});
const names = (reports?: string) => samplePaths(sample, reports).map(({ path }) => path);

test("paths pass through lists, and odd names are quoted", () => {
  expect(names()).toEqual([
    "site",
    "events",
    "events.name",
    "events.`app name`",
    "events.host",
    "events.host.id",
    "`and`",
  ]);
  expect(samplePaths(sample)[1]).toEqual({ path: "events", value: "2 items" });
});

test("with a list of reports, paths start at a report, and others at the body", () => {
  expect(names("events")).toEqual([
    "name",
    "`app name`",
    "host",
    "host.id",
    "$body.site",
    "$body.events",
    "$body.`and`",
  ]);
});

test("a sample that is no JSON has no paths", () => {
  expect(samplePaths("{nonsense")).toEqual([]);
});

test.each([
  ["ev", 2, "ev"],
  ["a & events.na", 13, "events.na"],
  ["a & events.na", 3, ""],
  ["$uppercase(events.`app n", 24, "events.`app n"],
  ['"on ev', 6, ""],
  ['"on " & ev', 10, "ev"],
])("in %j the path before character %i is %j", (expression, caret, text) => {
  expect(typedPath(expression, caret)).toEqual({ start: caret - text.length, text });
});

test("paths that start with what is typed come before those that hold it", () => {
  const paths = samplePaths(sample);
  expect(completions(paths, "ho").map(({ path }) => path)).toEqual(["events.host", "events.host.id"]);
  expect(completions(paths, "site")).toEqual([]);
  expect(completions(paths, "s").map(({ path }) => path)[0]).toBe("site");
});
