import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("recorded/", import.meta.url);

/** The bytes of a payload in `test/recorded/`, as a tool would post them. */
export function readRecorded(name: string): Buffer {
  return readFileSync(new URL(`${name}.json`, folder));
}

/** The payloads of a source kind, which are called `<kind>-<what>.json`. */
export function recordedOf(kind: string): { name: string; body: unknown }[] {
  const names = readdirSync(folder).filter((name) => name.startsWith(`${kind}-`));
  return names.map((file) => {
    const name = file.replace(/\.json$/, "");
    return { name, body: JSON.parse(readRecorded(name).toString()) };
  });
}
