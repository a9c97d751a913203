import { appendFileSync, writeFileSync } from "node:fs";
import { stringify } from "yaml";

interface KeyFile {
  add(source: string, key: { url: string; key: string }): void;
}

/** Creates a file that only this user may read. Each key is written at once, since Tocsin shows it only once. */
export function openKeyFile(path: string): KeyFile {
  try {
    writeFileSync(path, "", { flag: "wx", mode: 0o600 });
  } catch (cause) {
    throw new Error(`--keys ${path} can't be created. Name a file that does not exist yet.`, { cause });
  }
  return { add: (source, key) => appendFileSync(path, stringify({ [source]: key })) };
}
