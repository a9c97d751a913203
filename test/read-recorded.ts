import { readFileSync } from "node:fs";

/** The bytes of a payload in `test/recorded/`, as a tool would post them. */
export function readRecorded(name: string): Buffer {
  return readFileSync(new URL(`recorded/${name}.json`, import.meta.url));
}
