import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { z } from "zod";

/** Licences that ask no more of an Apache-2.0 product than to name them. */
const allowed = [
  "MIT",
  "MIT-0",
  "ISC",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "0BSD",
  "BlueOak-1.0.0",
];

/** npm copies each package's licence here, also of those for other platforms, which are not installed. */
const lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({ dev: z.boolean().default(false), license: z.string().default("none") }),
  ),
});

test("every package that is shipped has a licence that allows it", async () => {
  const { packages } = lockfile.parse(JSON.parse(await readFile("package-lock.json", "utf8")));
  const shipped = Object.entries(packages).filter(([path, { dev }]) => path !== "" && !dev);
  expect(shipped.length).toBeGreaterThan(20);
  expect(shipped.filter(([, { license }]) => !isAllowed(license))).toEqual([]);
});

test("of licences joined by OR one has to be allowed, of those joined by AND all", () => {
  expect(isAllowed("(MIT OR GPL-3.0)")).toBe(true);
  expect(isAllowed("MIT AND GPL-3.0")).toBe(false);
  expect(isAllowed("none")).toBe(false);
});

function isAllowed(licence: string): boolean {
  const choices = licence.replace(/[()]/g, "").split(" OR ");
  return choices.some((choice) => choice.split(" AND ").every((part) => allowed.includes(part.trim())));
}
