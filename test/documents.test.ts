import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";
import { anchors, fences, indentedCode, links } from "../docs/site/markdown.ts";
import { readOpenApi } from "../docs/site/read-open-api.ts";
import { stage } from "../docs/site/stage.ts";
import { type MarkdownFile, markdownFiles } from "./markdown-files.ts";

const documents = await markdownFiles();
const anchorsOf = new Map(documents.map(({ file, text }) => [file, anchors(text)]));

test.each(["SECURITY.md", "docs/threat-model.md"])(
  "each protection that %s names has code and a test",
  async (document) => {
    const text = await readFile(document, "utf8");
    expect(links(text).length).toBeGreaterThan(10);
    const unproven = text
      .split("\n")
      .filter((line) => /\]\([^)]*src\/[^)]*\)[^|]*\|/.test(line) && !/\.test\.ts\)/.test(line));
    expect(unproven).toEqual([]);
  },
);

test("every link of the docs leads to a file that exists, and to a heading of it", async () => {
  const dead = await Promise.all(documents.map((document) => deadLinks(document)));
  expect(dead.flat()).toEqual([]);
  expect(documents.flatMap(({ text }) => links(text)).length).toBeGreaterThan(400);
});

test("a link to a missing file, heading or picture is found, and one in code is not", async () => {
  const text = [
    "# One two\n\n[a](#one-two) [b](#three) [c](../README.md#try-it) [d](../README.md#no)",
    "[e](no.md) ![f](no.png) [`g`](https://example.com) `[h](no.md)`\n\n```md\n[i](no.md)\n```",
    '<img src="no.png">',
  ].join("\n");
  const dead = await deadLinks({ file: "docs/a.md", text });
  expect(dead).toEqual([
    "docs/a.md:3: #three",
    "docs/a.md:3: ../README.md#no",
    "docs/a.md:4: no.md",
    "docs/a.md:4: no.png",
    "docs/a.md:9: no.png",
  ]);
});

test("code in the docs is fenced and names its language", () => {
  const found = documents.flatMap(({ file, text }) => [
    ...indentedCode(text).map((line) => `${file}:${line} is indented`),
    ...fences(text)
      .filter(({ language }) => language === "")
      .map(({ line }) => `${file}:${line} has no language`),
  ]);
  expect(found).toEqual([]);
  expect(indentedCode("- a\n\n  more\n\nplain\n\n    code\n\n```\n    fenced\n```\n")).toEqual([7]);
});

test("each link between the site's pages leads to a page and a heading of it", async () => {
  const decisions = (await readdir("docs/decisions")).toSorted();
  const read = (file: string) => readFile(file, "utf8");
  const { files, sidebar } = await stage({ read, decisions, openApi: await readOpenApi(), repository: null });
  const places = new Set(
    [...files].flatMap(([name, text]) => {
      const route = `/${name.replace(/(?:\bindex)?\.md$/, "")}`;
      return [route, ...anchorsOfPage(text).map((anchor) => `${route}#${anchor}`)];
    }),
  );
  const targets = [...files].flatMap(([name, text]) => links(text).map(({ target }) => ({ name, target })));
  const dead = targets.filter(
    ({ target }) => !/^(?:https?:|mailto:|\/pictures\/)/.test(target) && !places.has(target),
  );
  expect(dead).toEqual([]);
  const listed = sidebar.flatMap(({ items = [] }) => items.flatMap((item) => [item, ...(item.items ?? [])]));
  expect(listed.filter(({ link }) => link === undefined || !places.has(link))).toEqual([]);
  const left = [...files.keys()].filter(
    (name) => !listed.some(({ link }) => link === `/${name.replace(/(?:\bindex)?\.md$/, "")}`),
  );
  expect(left).toEqual(["index.md"]);
});

/** A heading of the API's pages names its anchor. */
function anchorsOfPage(text: string): string[] {
  return [...anchors(text), ...[...text.matchAll(/\{#([^}]+)\}$/gm)].map(([, anchor = ""]) => anchor)];
}

async function deadLinks({ file, text }: MarkdownFile): Promise<string[]> {
  const found = links(text).map(async ({ target, line }) => {
    if (/^(?:https?:|mailto:)/.test(target)) return [];
    const [path = "", anchor] = target.split("#");
    const named = path ? normalize(join(dirname(file), path)) : file;
    const known = anchorsOf.get(named) ?? (named === file ? anchors(text) : undefined);
    const exists = known !== undefined || (await stat(named).catch(() => null)) !== null;
    const leads = anchor === undefined || known?.includes(decodeURIComponent(anchor));
    return exists && leads ? [] : [`${file}:${line}: ${target}`];
  });
  return (await Promise.all(found)).flat();
}
