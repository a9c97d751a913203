import { expect, test } from "vitest";
import { parseJson } from "./origin.ts";

test("what PostgreSQL can't keep is replaced, what only looks like it stays", () => {
  expect(parseJson('"a\\u0000b"')).toBe("a\ufffdb");
  expect(parseJson('"a\\ud83d!"')).toBe("a\ufffd!");
  expect(parseJson('"\\ud83d\\ude00"')).toBe("😀");
  expect(parseJson('"\\\\u0000"')).toBe("\\u0000");
});

test("no JSON is undefined", () => {
  expect(parseJson("{")).toBeUndefined();
});
