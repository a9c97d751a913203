import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe } from "vitest";

// Data about Slack that nobody here wrote lies in a folder of its own, and not in this repository.
const folder = process.env.TOCSIN_ORACLES;
if (!folder) console.info("TOCSIN_ORACLES is not set: the simulator is not compared with Slack's own data");

/** Like `describe`, where there is data to compare with. */
export const oracle = describe.skipIf(!folder);
export const hasOracles = folder !== undefined;

/** A file of the data, as JSON. */
export const read = (...path: string[]): unknown => JSON.parse(readText(...path));
export const readText = (...path: string[]): string =>
  readFileSync(join(folder ?? "", "slack", ...path), "utf8");

/** The names of the files in a part of the data; none where there is no data. */
export const files = (name: string): string[] => (folder ? readdirSync(join(folder, "slack", name)) : []);

export type Path = (string | number)[];

/** The place of every value within a value, its own first. */
export const paths = (value: unknown, here: Path = []): Path[] =>
  typeof value === "object" && value !== null
    ? [
        here,
        ...Object.entries(value).flatMap(([key, inner]) =>
          paths(inner, [...here, Array.isArray(value) ? Number(key) : key]),
        ),
      ]
    : [here];
