import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const folders = [".", "docs", "docs/decisions", "simulator", "deploy/npm", ".github"];

/** A Markdown file of the repository, for people. */
export interface MarkdownFile {
  /** Its path from the root of the repository. */
  file: string;
  text: string;
}

/** The repository's Markdown for people, in the order of its folders. */
export async function markdownFiles(): Promise<MarkdownFile[]> {
  const names = await Promise.all(
    folders.map(async (folder) => {
      const inside = await readdir(folder);
      return inside.filter((name) => name.endsWith(".md")).map((name) => join(folder, name));
    }),
  );
  return Promise.all(names.flat().map(async (file) => ({ file, text: await readFile(file, "utf8") })));
}
