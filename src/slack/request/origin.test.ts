import { expect, test } from "vitest";
import { parseJson } from "./origin.ts";

test("characters that PostgreSQL can't store are replaced, and others stay", () => {
  expect(parseJson('"a\\u0000b"')).toBe("a\ufffdb");
  expect(parseJson('"a\\ud83d!"')).toBe("a\ufffd!");
  expect(parseJson('"\\ud83d\\ude00"')).toBe("😀");
  expect(parseJson('"\\\\u0000"')).toBe("\\u0000");
});

test("a text that is not JSON gives undefined", () => {
  expect(parseJson("{")).toBeUndefined();
});
