import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);

/** What must not be used: words, regular expressions, and other systems' names that may contain such a word. */
interface Rules {
  words: string[];
  patterns: RegExp[];
  names: string[];
}

test("code, screens, messages and docs use only the words of docs/words.md", async () => {
  const list = await readFile("docs/words.md", "utf8");
  const patterns = readBlock(list, "banned").map(toPattern);
  const rules = { words: readThirdColumn(list), patterns, names: readBlock(list, "names") };
  expect(rules.words.length).toBeGreaterThan(10);
  expect(rules.patterns.length).toBeGreaterThan(5);
  const files = (await listFiles()).filter(isChecked);
  expect(files.length).toBeGreaterThan(400);
  const findings = files.map(async (file) => findBanned(file, await readChecked(file), rules));
  expect((await Promise.all(findings)).flat()).toEqual([]);
});

test("a banned word is found in prose, in an identifier and in a file name", () => {
  const rules = {
    words: ["gizmo", "off-set", "old gate"],
    patterns: ["whenso(ever)?", "is chid of"].map(toPattern),
    names: ["has_gizmo"],
  };
  const find = (text: string, file = "a.ts") => findBanned(file, text, rules);
  expect(find("\n// A Gizmo, and\n// gizmos.")).toEqual(["a.ts:2: gizmo", "a.ts:3: gizmo"]);
  expect(find("isGizmoOpen\nGIZMO_SIZE\ngizmo-list")).toHaveLength(3);
  expect(find("", "src/gizmo-list.ts")).toEqual(["src/gizmo-list.ts: gizmo in the file's name"]);
  expect(find("Gizmology agizmo has_gizmo")).toEqual([]);
  expect(find("An off-set,\nOff-set.")).toHaveLength(2);
  expect(find("offSetFault, off set, offset")).toEqual([]);
  expect(find("postToOldGate,\nold_gate,\nan old\n * gate")).toHaveLength(3);
  expect(find("Whenso it rains,\n * it is\n * chid of", "b.md")).toEqual([
    "b.md:1: Whenso",
    "b.md:2: is chid of",
  ]);
});

/** The words in the third column of all tables, of which a cell may hold several. */
function readThirdColumn(list: string): string[] {
  const rows = [...list.matchAll(/^\|[^|\n]*\|[^|\n]*\|([^|\n]*)\|$/gm)].map(([, cell = ""]) => cell.trim());
  const [, ...cells] = rows.filter((cell) => !/^-+$/.test(cell));
  return cells.flatMap((cell) => cell.split(",")).flatMap((word) => word.trim() || []);
}

/** The lines of a fenced block. */
function readBlock(list: string, name: string): string[] {
  const block = new RegExp(`^\`\`\`${name}\\n([\\s\\S]*?)^\`\`\``, "m").exec(list)?.[1];
  if (block === undefined) throw new Error(`docs/words.md has no fenced block "${name}".`);
  return block.trim().split("\n");
}

function toPattern(source: string): RegExp {
  return new RegExp(`\\b(?:${source.replaceAll(" ", "\\s+")})\\b`, "gi");
}

/** The files that git tracks, or without a git checkout all files. */
async function listFiles(): Promise<string[]> {
  const tracked = await run("git", ["ls-files", "-z"], { maxBuffer: 2 ** 24 }).catch(() => null);
  return tracked?.stdout.split("\0") ?? walk(".");
}

async function walk(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const seen = entries.filter(({ name }) => !/^(?:\.git|node_modules|dist|data|coverage)$/.test(name));
  const nested = seen.map((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [path];
  });
  return (await Promise.all(nested)).flat();
}

function isChecked(file: string): boolean {
  if (/^(?:docs\/words\.md$|docs\/decisions\/|test\/recorded\/|src\/db\/migrations\/)/.test(file))
    return false;
  return /\.(?:tsx?|css|html|js|md|yaml)$/.test(file) || basename(file) === "Makefile";
}

/** A released version's entries in the changelog stay as they are. A file that is deleted but not committed is empty. */
async function readChecked(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch(() => "");
  return file === "CHANGELOG.md" ? (text.split(/^## \[?\d/m)[0] ?? "") : text;
}

/** The banned words in a file's name and, with their line, in its text. */
function findBanned(file: string, text: string, { words, patterns, names }: Rules): string[] {
  const blank = (found: string) => " ".repeat(found.length);
  const oneLine = text.replace(/\n\s*(?:\*|\/\/|#)?\s*/g, blank);
  const searched = names.reduce(
    (rest, name) => rest.replace(new RegExp(`\\b${name}\\b`, "g"), blank),
    oneLine,
  );
  const line = (at: number) => text.slice(0, at).split("\n").length;
  const found = [
    ...findWords(searched, words),
    ...patterns.flatMap((pattern) =>
      [...searched.matchAll(pattern)].map(({ 0: word, index }) => ({
        word: word.replace(/\s+/g, " "),
        at: index,
      })),
    ),
  ];
  const inName = findWords(file, words).map(({ word }) => `${file}: ${word} in the file's name`);
  return [...new Set([...inName, ...found.map(({ word, at }) => `${file}:${line(at)}: ${word}`)])];
}

/** Finds words and their plurals as parts of identifiers too; a hyphen in a word matches only a hyphen. */
function findWords(text: string, words: string[]): { word: string; at: number }[] {
  const parts = [...text.matchAll(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g)];
  const isAt = (start: number, wanted: string[], separators: string[]) =>
    wanted.every((part, n) => {
      const found = parts[start + n];
      if (!found || !matches(found[0], part, n === wanted.length - 1)) return false;
      const before = parts[start + n - 1];
      if (n === 0 || !before) return true;
      const between = text.slice(before.index + before[0].length, found.index);
      return separators[n - 1] === "-" ? between === "-" : /^[\s_-]*$/.test(between);
    });
  return words.flatMap((word) => {
    const wanted = word.toLowerCase().split(/[ -]/);
    const separators = word.match(/[ -]/g) ?? [];
    return parts.flatMap(({ index }, start) =>
      isAt(start, wanted, separators) ? [{ word, at: index }] : [],
    );
  });
}

function matches(found: string, wanted: string, isLast: boolean): boolean {
  const lower = found.toLowerCase();
  return lower === wanted || (isLast && lower === `${wanted}s`);
}
