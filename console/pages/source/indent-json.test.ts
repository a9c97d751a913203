import { expect, test } from "vitest";
import { indentJson } from "./indent-json.ts";

test("JSON is indented, and keeps digits, escapes and braces in texts", () => {
  expect(indentJson('{"id":12345678901234567890,"t":"a{\\"}, b","l":[1, 2],"e":[],"o":{}}')).toBe(
    '{\n  "id": 12345678901234567890,\n  "t": "a{\\"}, b",\n  "l": [\n    1,\n    2\n  ],\n  "e": [],\n  "o": {}\n}',
  );
});

test("broken JSON keeps its mistakes, and other text stays", () => {
  expect(indentJson('{"a":1,}}')).toBe('{\n  "a": 1,\n  \n}\n}');
  for (const text of ["", "payload=%7B%7D", '{\n  "a": 1\n}']) expect(indentJson(text)).toBe(text);
});
