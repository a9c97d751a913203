import { readdir, readFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";

/** One import of another file of this repository, both as paths from its root. */
export interface Import {
  file: string;
  target: string;
  typeOnly: boolean;
}

/** The TypeScript files below a folder, as paths from the root, sorted; none if there is no such folder. */
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

/** Every import by relative path in these files. */
export async function readImports(files: string[]): Promise<Import[]> {
  const read = files.map(async (file) => findImports(file, await readFile(file, "utf8")));
  return (await Promise.all(read)).flat();
}

const statement = /^\s*(?:import|export)\b(?<type> type\b)?(?:[^"';]*?\bfrom)?\s*"(?<path>\.[^"]+)"/gm;
const dynamic = /\bimport\(\s*"(?<path>\.[^"]+)"/g;

/** Finds the imports in a file's text: Biome's formatting makes this simple enough for expressions. */
export function findImports(file: string, text: string): Import[] {
  return [...text.matchAll(statement), ...text.matchAll(dynamic)].map(({ groups }) => ({
    file,
    target: normalize(join(dirname(file), groups?.path ?? "")),
    typeOnly: groups?.type !== undefined,
  }));
}
