import { readdir, readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { expect, test } from "vitest";
import { findCycles, findImports, readImports, readLayers, sourceFiles, upwardImports } from "./imports.ts";

const folders = ["src", "console", "simulator", "cli", "bench", "deploy"];
const layers = readLayers(await readFile("ARCHITECTURE.md", "utf8"));
const everywhere = (await Promise.all([...folders, "test"].map(sourceFiles))).flat();
const files = everywhere.filter((file) => !file.startsWith("test/") && !isTest(file));
const imports = await readImports(files);

test("imports in src run down the list of layers, except for the listed exceptions", async () => {
  const exceptions = (await readFile("test/upward-imports.txt", "utf8")).trim().split("\n").filter(Boolean);
  const upward = upwardImports(
    layers,
    imports.filter(({ file }) => file.startsWith("src/")),
  );
  expect(upward.filter((found) => !exceptions.includes(found))).toEqual([]);
  expect(exceptions.filter((listed) => !upward.includes(listed))).toEqual([]);
});

test("every folder and file directly below src is in the list of layers", async () => {
  const present = (await readdir("src")).filter((name) => !isTest(name) && !name.startsWith("."));
  expect(present.filter((name) => !layers.includes(name.replace(/\.ts$/, "")))).toEqual([]);
});

test("no files import each other in a cycle", () => {
  expect(findCycles(imports)).toEqual([]);
});

test("the simulator imports nothing from src", () => {
  const own = imports.filter(({ file }) => file.startsWith("simulator/"));
  expect(own.filter(({ target }) => !target.startsWith("simulator/"))).toEqual([]);
});

test("the Console imports only types of contracts, and values of src/alert", () => {
  const outside = imports.filter(
    ({ file, target }) => file.startsWith("console/") && !target.startsWith("console/"),
  );
  const isAllowed = ({ target, typeOnly }: (typeof outside)[number]) =>
    target.startsWith("src/alert/") ||
    (typeOnly && /^src\/(?:.+\/contract|api\/(?:page|problem)|http\/live-route)\.ts$/.test(target));
  expect(outside.filter((found) => !isAllowed(found))).toEqual([]);
});

test("a file has at most 320 lines, and half of the files have about 60 to 90", async () => {
  const lengths = await Promise.all(everywhere.map(lineCount));
  expect(everywhere.filter((_, n) => (lengths[n] ?? 0) > 320)).toEqual([]);
  const sorted = (await Promise.all(files.map(lineCount))).sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
  expect(at(0.5)).toBeGreaterThanOrEqual(60);
  expect(at(0.5)).toBeLessThanOrEqual(90);
  expect(at(0.9)).toBeLessThanOrEqual(160);
});

test("a file below 20 lines is imported by three others, an entry point or a preset", async () => {
  const uses = Map.groupBy(await readImports(everywhere), ({ target }) => target);
  const isEntry = (file: string) =>
    /\/migrations\/|\/presets\/|\/test\/|config\.ts$|^cli\/[a-z-]+\.ts$/.test(file);
  const lengths = await Promise.all(files.map(lineCount));
  const small = files.filter((file, n) => (lengths[n] ?? 0) < 20 && !isEntry(file));
  const importers = (file: string) => new Set(uses.get(file)?.map((found) => found.file)).size;
  expect(small.filter((file) => importers(file) < 3)).toEqual([]);
});

test("a folder has at most 20 files unless it is a list of one thing, and no folder or file has a vague name", async () => {
  const entries = Map.groupBy(files, dirname);
  const full = [...entries].filter(
    ([folder, inside]) => inside.length > 20 && !/\/(?:migrations|ingest\/sources)$/.test(folder),
  );
  expect(full.map(([folder]) => folder)).toEqual([]);
  const banned = /^(?:parts|words|fit|safe|gathered|standing|utils|helpers|common)$/;
  const names = (file: string) => [...dirname(file).split("/"), basename(file).replace(/\.tsx?$/, "")];
  expect(files.filter((file) => names(file).some((name) => banned.test(name)))).toEqual([]);
});

test("only src/outbox writes deliveries, only src/history writes entries, only retention deletes both", async () => {
  const statement = (table: string) =>
    new RegExp(
      String.raw`(?:\b(?:update|insert\s+into|merge\s+into)\s+|(?:updateTable|insertInto|deleteFrom|mergeInto)\("\s*)${table}\b`,
      "i",
    );
  const deletion = /\bdelete\s+from\s+(?:deliveries|history)\b/i;
  const rules = [
    {
      pattern: statement("deliveries"),
      home: /^src\/outbox\/(?:deliveries|open-deliveries|changes|escalations)\.ts$/,
    },
    { pattern: deletion, home: /^src\/retention\/delete-alerts\.ts$/ },
    { pattern: statement("history"), home: /^src\/history\/(?:append|rewrite-comment)\.ts$/ },
    { pattern: /\bhistory_seq\s*=[^=]|history_seq\s*[+]/, home: /^src\/history\/append\.ts$/ },
    {
      pattern: /update\s+alerts\b[^`]*?\bset\b[^`]*?\bstatus\s*=\s*\$/,
      home: /^src\/triage\/set-status\.ts$/,
    },
  ];
  const written = files.filter((file) => file.startsWith("src/") && !file.includes("/migrations/"));
  const texts = await Promise.all(written.map((file) => readFile(file, "utf8")));
  for (const { pattern, home } of rules) {
    const writers = written.filter((_, n) => pattern.test(texts[n] ?? ""));
    expect(writers.filter((file) => !home.test(file))).toEqual([]);
    expect(writers.filter((file) => home.test(file))).not.toEqual([]);
  }
});

test("these tests find imports of each form, upward imports and cycles", () => {
  const text = `import type { A } from "../http/a.ts";\nimport {\n  b,\n} from "./b.ts";\nawait import("./c.ts");`;
  const found = findImports("src/db/x.ts", text);
  expect(found.map(({ target }) => target)).toEqual(["src/http/a.ts", "src/db/b.ts", "src/db/c.ts"]);
  expect(found.map(({ typeOnly }) => typeOnly)).toEqual([true, false, false]);
  expect(upwardImports(["http", "db"], found)).toEqual(["src/db/x.ts -> src/http/a.ts"]);
  const back = findImports("src/db/b.ts", `export { x } from "./x.ts";`);
  expect(findCycles([...found, ...back])).toEqual(["src/db/x.ts -> src/db/b.ts -> src/db/x.ts"]);
});

function isTest(file: string): boolean {
  return /\.test\.tsx?$/.test(file);
}

async function lineCount(file: string): Promise<number> {
  return (await readFile(file, "utf8")).split("\n").length - 1;
}
