import { readdir, readFile } from "node:fs/promises";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { settingNames } from "../src/settings.ts";

const read = (path: string) => readFile(path, "utf8");
const readYaml = async (path: string): Promise<unknown> => parse(await read(path));
const object = z.record(z.string(), z.unknown());

const [values, ofCi, schema] = [
  object.parse(await readYaml("deploy/chart/values.yaml")),
  object.parse(await readYaml("deploy/chart/ci-values.yaml")),
  object.parse(JSON.parse(await read("deploy/chart/values.schema.json"))),
];
const isValid = new Ajv({ strictRequired: false, allowUnionTypes: true, strict: true }).compile(schema);

test("the chart's schema takes its values with those that CI adds", () => {
  expect([isValid(merge(values, ofCi)), isValid.errors]).toEqual([true, null]);
});

test.each([
  ["no address", { publicUrl: "" }],
  ["an address with a path", { publicUrl: "https://example.com/tocsin" }],
  ["no Secret", { secret: { name: "" } }],
  ["a secret in plain text", { settings: { SECRET_KEY: "…" } }],
  ["a setting in small letters", { settings: { trusted_proxies: "10.0.0.0/8" } }],
  ["no node", { replicas: 0 }],
  ["a digest that was cut off", { image: { digest: "sha256:12" } }],
  ["a PostgreSQL without a digest", { postgresql: { image: "postgres:18" } }],
  ["a misspelt value", { podDisruptionBudgets: {} }],
])("the chart's schema refuses %s", (_, wrong) => {
  expect(isValid(merge(merge(values, ofCi), wrong))).toBe(false);
});

test("each value of the chart's schema is in values.yaml, below a comment", async () => {
  const lines = (await read("deploy/chart/values.yaml")).split("\n");
  const { global: _, ...properties } = object.parse(schema.properties);
  const undocumented = leaves(properties).filter(({ name, depth }) => {
    const key = `${"  ".repeat(depth)}${name}:`;
    const found = lines.flatMap((line, n) => (line.startsWith(key) ? [lines[n - 1] ?? ""] : []));
    return found.length === 0 || found.some((above) => !above.trim().startsWith("#"));
  });
  expect(undocumented).toEqual([]);
});

test("the chart has the version of package.json, and its settings are those of Tocsin", async () => {
  const { version } = JSON.parse(await read("package.json"));
  expect(await readYaml("deploy/chart/Chart.yaml")).toMatchObject({ version, appVersion: version });
  const { files } = z.object({ files: object }).parse(values.secret);
  expect(settingNames).toEqual(expect.arrayContaining(Object.keys(files)));
  const { services } = z
    .object({ services: z.object({ tocsin: z.object({ environment: object }) }) })
    .parse(await readYaml("compose.yaml"));
  expect(settingNames).toEqual(expect.arrayContaining(Object.keys(services.tocsin.environment)));
});

test("every image is pinned by its digest, and compose and chart have the same PostgreSQL", async () => {
  const [dockerfile, compose] = [await read("Dockerfile"), await read("compose.yaml")];
  const from = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image = ""]) => image);
  const run = [...compose.matchAll(/^\s+image: (\S+)/gm)].map(([, image = ""]) => image);
  expect([from.length, run.length]).toEqual([2, 1]);
  expect([...from, ...run].filter((image) => !/@sha256:[0-9a-f]{64}$/.test(image))).toEqual([]);
  expect(values.postgresql).toMatchObject({ image: `docker.io/library/${run[0]}` });
});

test("every action is pinned by its commit, beside the version that it has", async () => {
  const workflows = await readdir(".github/workflows");
  expect(workflows.length).toBeGreaterThan(2);
  for (const name of workflows) {
    const text = await read(`.github/workflows/${name}`);
    expect(parse(text)).toHaveProperty("jobs");
    expect(parse(text).permissions).toEqual({ contents: "read" });
    const used = [...text.matchAll(/\buses: (.+)/g)].map(([, action = ""]) => action);
    expect(used.filter((action) => !/^\.\/|@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
  }
});

test("every issue form has a name, a description and a body with distinct ids", async () => {
  const form = z.object({
    name: z.string(),
    description: z.string(),
    body: z.array(z.object({ type: z.string(), id: z.string().optional() })).min(1),
  });
  const forms = (await readdir(".github/ISSUE_TEMPLATE")).filter((name) => name !== "config.yml");
  for (const name of forms) {
    const { body } = form.parse(await readYaml(`.github/ISSUE_TEMPLATE/${name}`));
    const ids = body.flatMap(({ id }) => id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  }
});

/** Merges as Helm does: objects key by key, and anything else is replaced. */
function merge(base: Record<string, unknown>, over: Record<string, unknown>): Record<string, unknown> {
  const merged = Object.entries(over).map(([key, value]) => {
    const [below, above] = [object.safeParse(base[key]), object.safeParse(value)];
    return [key, below.success && above.success ? merge(below.data, above.data) : value];
  });
  return { ...base, ...Object.fromEntries(merged) };
}

/** The properties of a schema that have no properties of their own. */
function leaves(properties: Record<string, unknown>, depth = 0): { name: string; depth: number }[] {
  return Object.entries(properties).flatMap(([name, of]) => {
    const inner = z.object({ properties: object }).safeParse(of);
    return inner.success ? leaves(inner.data.properties, depth + 1) : [{ name, depth }];
  });
}
