import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

test.each(["SECURITY.md", "docs/threat-model.md"])(
  "every file that %s names exists, and each protection names code and a test",
  async (document) => {
    const text = await readFile(document, "utf8");
    const paths = linksIn(text).map((path) => join(dirname(document), path));
    expect(paths.length).toBeGreaterThan(10);
    const missing = paths.map(async (path) => ((await stat(path).catch(() => null)) ? [] : [path]));
    expect((await Promise.all(missing)).flat()).toEqual([]);
    const unproven = text
      .split("\n")
      .filter((line) => /\]\([^)]*src\/[^)]*\)[^|]*\|/.test(line) && !/\.test\.ts\)/.test(line));
    expect(unproven).toEqual([]);
  },
);

/** The relative links of a Markdown text, without their anchors. */
function linksIn(text: string): string[] {
  return [...text.matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].flatMap(([, path]) => path ?? []);
}
