import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";

const row = /^\| .+ \| `(?<file>[^ ]+\.ts) › (?<name>.+)` +\|$/;

/** The rows of all tables, without headings. */
async function readRows() {
  const lines = (await readFile("test/stories/sentences.md", "utf8")).split("\n");
  return lines.filter((line) => /^\| (?!sentence |-)/.test(line));
}

async function exists(file: string, name: string): Promise<boolean> {
  const path = /^(src|test)\//.test(file) ? file : join("test/stories", file);
  const text = await readFile(path, "utf8").catch(() => "");
  return [`"${name}"`, `'${name}'`, `\`${name}\``].some((quoted) => text.includes(quoted));
}

test("every sentence of the list names a test that exists", async () => {
  const rows = await readRows();
  expect(rows.length).toBeGreaterThan(40);
  const missing = await Promise.all(
    rows.map(async (line) => {
      const { file = "", name = "" } = row.exec(line)?.groups ?? {};
      return (await exists(file, name)) ? [] : [line];
    }),
  );
  expect(missing.flat()).toEqual([]);
});

test("a missing test and a missing file are noticed", async () => {
  expect(await exists("triage/races.test.ts", "no such test")).toBe(false);
  expect(await exists("no-such.test.ts", "no such test")).toBe(false);
});
