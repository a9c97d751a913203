import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { packageFields, shrinkwrap } from "./package-files.ts";
import { renameModules, stripTypes } from "./strip-types.ts";

const checkout = join(import.meta.dirname, "../..");
const programs = ["cli", "src", "simulator"];
const asTheyAre = ["LICENSE", ".env.example", "console/dist"];
/** Sources that no program of the package loads. */
const forDevelopers = /\.test\.ts$|\.md$|^simulator\/test\/|^src\/db\/embedded\/traps\//;

/**
 * Writes the npm package into the folder `to`, which is emptied first. The layout is that of the checkout, with
 * JavaScript in place of TypeScript, because Node strips no types below `node_modules`. Needs the built Console.
 */
async function stagePackage(to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  const files = (await Promise.all(programs.map(listFiles))).flat();
  await Promise.all(files.filter((file) => !forDevelopers.test(file)).map((file) => stageFile(file, to)));
  for (const path of asTheyAre) await cp(join(checkout, path), join(to, path), { recursive: true });
  await cp(join(import.meta.dirname, "README.md"), join(to, "README.md"));
  const fields = packageFields(await readJson("package.json"));
  await writeJson(join(to, "package.json"), fields);
  await writeJson(join(to, "npm-shrinkwrap.json"), shrinkwrap(fields, await readJson("package-lock.json")));
}

/** The files below a folder, as paths from the root of the checkout. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(join(checkout, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(checkout.length + 1));
}

async function stageFile(file: string, to: string): Promise<void> {
  const target = join(to, file.replace(/\.ts$/, ".js"));
  await mkdir(dirname(target), { recursive: true });
  if (!/\.(?:ts|js|html)$/.test(file)) return cp(join(checkout, file), target);
  const text = await readFile(join(checkout, file), "utf8");
  const { mode } = await stat(join(checkout, file));
  await writeFile(target, file.endsWith(".ts") ? stripTypes(text) : renameModules(text), { mode });
}

async function readJson(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(checkout, name), "utf8"));
}

function writeJson(path: string, value: unknown): Promise<void> {
  return writeFile(path, `${JSON.stringify(value, null, 2)}\n`);
}

await stagePackage(process.argv[2] ?? join(checkout, "dist/package"));
