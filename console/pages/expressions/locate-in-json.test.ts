import { expect, test } from "vitest";
import { locateInJson, pathText } from "./locate-in-json.ts";

const text = `{
  "site": "no\\"rth",
  "events": [ {"level": 99, "host": {"id": "g1"}}, {"level": [1, {}, []]} ],
  "last" : true
}`;
const at = (...path: (string | number)[]) => {
  const range = locateInJson(text, path);
  return range && text.slice(range.start, range.end);
};

test.each([
  [["site"], '"site": "no\\"rth"'],
  [["events", 0, "level"], '"level": 99'],
  [["events", 0, "host", "id"], '"id": "g1"'],
  [["events", 1, "level", 0], "1"],
  [["events"], '"events": ['],
  [["last"], '"last" : true'],
  [[], "{"],
])("the place of %j is found", (path, expected) => {
  expect(at(...path)).toBe(expected);
});

test("a missing name is found at the object that should have it", () => {
  expect(at("events", 0, "host", "name")).toBe('"host": {');
  expect(at("nothing", "here")).toBe("{");
});

test("text that is no JSON has no places", () => {
  expect(locateInJson("", ["a"])).toBeNull();
  expect(locateInJson('{"a": ', ["a"])).toBeNull();
  expect(locateInJson('{"a" 1', ["b"])).toBeNull();
});

test("a path is written as people read it", () => {
  expect(pathText(["events", 0, "host", "name"])).toBe("events[0].host.name");
});
