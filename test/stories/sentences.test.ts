import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";

const row = /^\| .+ \| `(?<file>[^ ]+\.test\.ts) › (?<name>.+)` +\|$/;

/** The rows of the list below a heading row. */
async function listed() {
  const lines = (await readFile("test/stories/sentences.md", "utf8")).split("\n");
  return lines.filter((line) => /^\| (?!sentence |-)/.test(line));
}

async function isThere(file: string, name: string): Promise<boolean> {
  const path = /^(src|test)\//.test(file) ? file : join("test/stories", file);
  const text = await readFile(path, "utf8").catch(() => "");
  return [`"${name}"`, `'${name}'`, `\`${name}\``].some((quoted) => text.includes(quoted));
}

test("every sentence of the list has a test, and the test is there", async () => {
  const rows = await listed();
  expect(rows.length).toBeGreaterThan(40);
  const missing = await Promise.all(
    rows.map(async (line) => {
      const { file = "", name = "" } = row.exec(line)?.groups ?? {};
      return (await isThere(file, name)) ? [] : [line];
    }),
  );
  expect(missing.flat()).toEqual([]);
});

test("the list would notice a test that is gone", async () => {
  expect(await isThere("triage/races.test.ts", "a story that nobody told")).toBe(false);
  expect(await isThere("no-such.test.ts", "a story that nobody told")).toBe(false);
});
