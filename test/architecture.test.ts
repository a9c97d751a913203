import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { findImports, readImports, sourceFiles } from "./imports.ts";
import { findCycles, layerOf, readLayers, upwardImports } from "./layers.ts";

const longestFile = 300;
const layers = readLayers(await readFile("ARCHITECTURE.md", "utf8"));

test("imports in src run down the list of layers, never up", async () => {
  expect(upwardImports(layers, await productImports("src"))).toEqual([]);
});

test("every folder and file right below src is in the list", async () => {
  const present = (await readdir("src")).filter((name) => !name.includes(".test.") && !name.startsWith("."));
  expect(present.filter((name) => !layers.includes(layerOf(`src/${name}`) ?? ""))).toEqual([]);
});

test("no files import each other in a circle", async () => {
  const folders = ["src", "console", "simulator", "cli"];
  const imports = await Promise.all(folders.map(productImports));
  expect(findCycles(imports.flat())).toEqual([]);
});

test("the simulator imports nothing of ours, lest it share our mistakes about Slack", async () => {
  expect(
    (await productImports("simulator")).filter(({ target }) => !target.startsWith("simulator/")),
  ).toEqual([]);
});

test("the Console imports types only, of the contract and of the words of alerts", async () => {
  const foreign = (await productImports("console")).filter(({ target }) => !target.startsWith("console/"));
  const allowed = /^src\/(http\/contract|alert)\//;
  expect(foreign.filter(({ target, typeOnly }) => !typeOnly || !allowed.test(target))).toEqual([]);
});

test("no file is too long to be read at a sitting", async () => {
  const files = (await Promise.all(["src", "console", "simulator", "cli"].map(sourceFiles))).flat();
  const lengths = files.map(
    async (file) => [file, (await readFile(file, "utf8")).split("\n").length] as const,
  );
  expect((await Promise.all(lengths)).filter(([, lines]) => lines > longestFile)).toEqual([]);
});

test("these tests see an import of each form, an upward one and a circle", () => {
  const text = `import type { A } from "../http/a.ts";\nimport {\n  b,\n} from "./b.ts";\nawait import("./c.ts");`;
  const imports = findImports("src/db/x.ts", text);
  expect(imports.map(({ target }) => target)).toEqual(["src/http/a.ts", "src/db/b.ts", "src/db/c.ts"]);
  expect(imports.map(({ typeOnly }) => typeOnly)).toEqual([true, false, false]);
  expect(upwardImports(["http", "db"], imports)).toHaveLength(1);
  const back = findImports("src/db/b.ts", `export { x } from "./x.ts";`);
  expect(findCycles([...imports, ...back])).toEqual(["src/db/x.ts -> src/db/b.ts -> src/db/x.ts"]);
});

async function productImports(folder: string) {
  const files = await sourceFiles(folder);
  return readImports(files.filter((file) => !/\.test\.tsx?$/.test(file)));
}
