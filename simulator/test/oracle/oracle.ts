import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe } from "vitest";

// The folder with data from Slack's documentation, which is not part of this repository.
const folder = process.env.TOCSIN_ORACLES;
if (!folder) console.info("TOCSIN_ORACLES is not set: comparisons with Slack's own data are skipped");

/** Like `describe`, but skipped without the data. */
export const oracle = describe.skipIf(!folder);
export const hasOracles = folder !== undefined;

/** Reads a file of the data as JSON. */
export const read = (...path: string[]): unknown => JSON.parse(readText(...path));
export const readText = (...path: string[]): string =>
  readFileSync(join(folder ?? "", "slack", ...path), "utf8");

/** The names of the files in a folder of the data; empty without the data. */
export const files = (name: string): string[] => (folder ? readdirSync(join(folder, "slack", name)) : []);

export type Path = (string | number)[];

/** The paths of all values within a value, starting with its own. */
export const paths = (value: unknown, path: Path = []): Path[] =>
  typeof value === "object" && value !== null
    ? [
        path,
        ...Object.entries(value).flatMap(([key, inner]) =>
          paths(inner, [...path, Array.isArray(value) ? Number(key) : key]),
        ),
      ]
    : [path];
