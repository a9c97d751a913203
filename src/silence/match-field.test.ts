import fc from "fast-check";
import { expect, test } from "vitest";
import { contextFields, readPath, valueAt, writePath } from "../alert/context-path.ts";
import { matchesGlob } from "./match-field.ts";

test.each([
  ["web-9.acme.example", "web-*", true],
  ["web-9.acme.example", "*.ACME.example", true],
  ["web-9.acme.example", "web*acme*example", true],
  ["web-9.acme.example", "acme", false],
  ["aba", "ab*ba", false],
  ["a.b", "a?b", false],
  ["a+b", "a+b", true],
  ["", "*", true],
  ["", "", true],
  ["a", "", false],
])("%j fits %j: %s", (text, pattern, fits) => {
  expect(matchesGlob(text, pattern)).toBe(fits);
});

test("a pattern that would keep a regular expression busy is compared in one pass", () => {
  expect(matchesGlob("a".repeat(1000), `${"*a".repeat(490)}*b`)).toBe(false);
});

test("a text fits every pattern that is made from it by putting stars in place of its parts", () => {
  const pieces = fc.array(fc.tuple(fc.string(), fc.boolean()), { maxLength: 8 });
  fc.assert(
    fc.property(pieces, (parts) => {
      const text = parts.map(([part]) => part).join("");
      expect(matchesGlob(text, parts.map(([part, isStar]) => (isStar ? "*" : part)).join(""))).toBe(true);
    }),
  );
});

test("a path is read as it was written, whatever its names are", () => {
  const names = fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(names, (all) => {
      expect(readPath(writePath(all))).toEqual(all);
    }),
  );
});

test.each(["", ".", "a.", ".a", "a..b", "a\\"])("%j is no path", (path) => {
  expect(readPath(path)).toBeNull();
});

test("the fields that are offered say who and where, and no times or ids", () => {
  const context = {
    at: "2026-11-30T10:00:00Z",
    id: "8c0b8c0b-8c0b-8c0b-8c0b-8c0b8c0b8c0b",
    note: "seen before",
    host: { "k8s.io/name": "web-9" },
    actor: { email: "eve@acme.example" },
    many: [1, 2],
  };
  const fields = contextFields(context, 4);
  expect(fields).toEqual([
    { path: "actor.email", value: "eve@acme.example" },
    { path: "host.k8s\\.io/name", value: "web-9" },
    { path: "note", value: "seen before" },
  ]);
  for (const { path, value } of fields) expect(valueAt(context, readPath(path) ?? [])).toBe(value);
});
