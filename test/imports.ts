import { readdir, readFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";

/** An import between two files of this repository, as paths from its root. */
interface Import {
  file: string;
  target: string;
  typeOnly: boolean;
}

/** The TypeScript files below a folder, as sorted paths from the root. Empty if the folder does not exist. */
export async function sourceFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true }).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === "ENOENT") return [];
    throw fault;
  });
  return entries
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name))
    .sort();
}

/** Every import with a relative path in these files. */
export async function readImports(files: string[]): Promise<Import[]> {
  const read = files.map(async (file) => findImports(file, await readFile(file, "utf8")));
  return (await Promise.all(read)).flat();
}

const statement = /^\s*(?:import|export)\b(?<type> type\b)?(?:[^"';]*?\bfrom)?\s*"(?<path>\.[^"]+)"/gm;
const dynamic = /\bimport\(\s*"(?<path>\.[^"]+)"/g;

/** Finds the imports in a file's text. Regular expressions suffice, since Biome formats every file. */
export function findImports(file: string, text: string): Import[] {
  return [...text.matchAll(statement), ...text.matchAll(dynamic)].map(({ groups }) => ({
    file,
    target: normalize(join(dirname(file), groups?.path ?? "")),
    typeOnly: groups?.type !== undefined,
  }));
}

/** The layers that a document declares in its fenced block, top first. */
export function readLayers(document: string): string[] {
  const block = /^```layers\n([\s\S]*?)^```/m.exec(document)?.[1];
  if (!block) throw new Error("There is no fenced block of layers.");
  return block.trim().split(/\s+/);
}

/** The layer of a file: slack for `src/slack/client.ts`, config for `src/config.ts`, null outside `src/`. */
export function layerOf(file: string): string | null {
  return /^src\/([^/.]+)/.exec(file)?.[1] ?? null;
}

/** The imports that go up the list or leave it, without duplicates, as sorted `from -> to`. */
export function upwardImports(layers: string[], imports: Import[]): string[] {
  const upward = imports.filter(({ file, target }) => {
    return layers.indexOf(layerOf(target) ?? "") < layers.indexOf(layerOf(file) ?? "");
  });
  return [...new Set(upward.map(({ file, target }) => `${file} -> ${target}`))].sort();
}

/** Import cycles as `a -> b -> a`, one for each import that closes a cycle. */
export function findCycles(imports: Import[]): string[] {
  const targets = Map.groupBy(imports, (found) => found.file);
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: string[]) => {
    const at = path.indexOf(file);
    if (at >= 0) cycles.push([...path.slice(at), file].join(" -> "));
    if (at >= 0 || done.has(file)) return;
    for (const { target } of targets.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return cycles;
}
