import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { z } from "zod";

/** Licences that require no more of an Apache-2.0 product than attribution. */
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

/** npm copies every package's licence here, even of packages for other platforms, which are not installed. */
const lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({ dev: z.boolean().default(false), license: z.string().default("none") }),
  ),
});

test("every shipped package has an allowed licence", async () => {
  const { packages } = lockfile.parse(JSON.parse(await readFile("package-lock.json", "utf8")));
  const shipped = Object.entries(packages).filter(([path, { dev }]) => path !== "" && !dev);
  expect(shipped.length).toBeGreaterThan(20);
  expect(shipped.filter(([, { license }]) => !isAllowed(license))).toEqual([]);
});

test("of licences joined by OR one must be allowed, and of those joined by AND all", () => {
  expect(isAllowed("(MIT OR GPL-3.0)")).toBe(true);
  expect(isAllowed("MIT AND GPL-3.0")).toBe(false);
  expect(isAllowed("none")).toBe(false);
});

function isAllowed(licence: string): boolean {
  const choices = licence.replace(/[()]/g, "").split(" OR ");
  return choices.some((choice) => choice.split(" AND ").every((part) => allowed.includes(part.trim())));
}
