import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { checkManifest, readManifest } from "../../apps/manifest/read-manifest.ts";
import { files, hasOracles, oracle, read, readText } from "./oracle.ts";
import { wholeManifest } from "./whole-manifest.ts";

type Schema = z.output<typeof schemaNode>;
const schemaNode = z.looseObject({
  $ref: z.string().optional(),
  type: z.string().optional(),
  required: z.array(z.string()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  enum: z.array(z.string()).optional(),
  pattern: z.string().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  uniqueItems: z.boolean().optional(),
  additionalProperties: z.unknown().optional(),
});

type Violation = { at: string; how: string; whole: unknown };

/** A copy of the manifest with the value at a path replaced. */
function replaced(root: unknown, [step, ...rest]: (string | number)[], value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(root)) return root.map((one, n) => (n === step ? replaced(one, rest, value) : one));
  return { ...Object(root), [step]: replaced(Object(root)[step], rest, value) };
}

const padTo = (value: string, length: number) => value.padEnd(length, "x");
/** `count` different items. */
const distinctItems = (item: unknown, count: number) =>
  Array.from({ length: count }, (_, n) =>
    typeof item === "string" ? `${item}${n}` : { ...Object(item), event_type: `e${n}` },
  );

/** All ways in which a value can violate its schema: a description and the invalid value. */
function violationsOf(schema: Schema, value: unknown): [string, unknown][] {
  const all: [string, unknown, boolean][] = [
    ["wrong type", schema.type === "string" ? 5 : "no", schema.type !== undefined],
    ["too long", padTo(String(value), (schema.maxLength ?? 0) + 1), schema.maxLength !== undefined],
    ["too short", "x".repeat((schema.minLength ?? 1) - 1), (schema.minLength ?? 0) > 0],
    ["pattern mismatch", "***", schema.pattern !== undefined],
    ["unknown enum value", "other", schema.enum !== undefined],
    [
      "too many items",
      distinctItems(Object(value)[0], (schema.maxItems ?? 0) + 1),
      schema.maxItems !== undefined,
    ],
    ["too few items", [], (schema.minItems ?? 0) > 0],
    ["duplicate items", [Object(value)[0], Object(value)[0]], schema.uniqueItems === true],
    [
      "unknown key",
      { ...Object(value), extra: 1 },
      schema.additionalProperties === false && !!schema.properties,
    ],
    ...(schema.required ?? []).map((key): [string, unknown, boolean] => {
      const { [key]: _left, ...others } = Object(value);
      return [`without ${key}`, others, true];
    }),
  ];
  return all.flatMap(([how, broken, isRule]) => (isRule ? [[how, broken]] : []));
}

// Settings of apps that Slack hosts are not checked.
const hosted = /hermes|mcp_servers|features\.functions/;

/** Violates each limit of the schema once in a whole manifest. `lacking` are paths that the manifest does not have. */
function violateEach(root: Schema, whole: unknown): { all: Violation[]; lacking: string[] } {
  const definitions = z.record(z.string(), z.unknown()).parse(root.definitions);
  const all: Violation[] = [];
  const lacking: string[] = [];
  const walk = (raw: unknown, value: unknown, path: (string | number)[]) => {
    const node = schemaNode.parse(raw);
    if (hosted.test(node.$ref ?? "")) return;
    const schema = node.$ref ? schemaNode.parse(definitions[node.$ref.replace("#/definitions/", "")]) : node;
    const at = `/${path.join("/")}`;
    if (value === undefined) return void lacking.push(at);
    for (const [how, broken] of violationsOf(schema, value))
      all.push({ at, how, whole: replaced(whole, path, broken) });
    for (const [key, inner] of Object.entries(schema.properties ?? {}))
      walk(inner, Object(value)[key], [...path, key]);
    if (schema.items) walk(schema.items, Object(value)[0], [...path, 0]);
  };
  walk(root, whole, []);
  return { all, lacking };
}

oracle("the check of manifests, compared with Slack's schema,", () => {
  const root = schemaNode.parse(hasOracles ? read("manifest.schema.2.0.0.json") : { definitions: {} });
  const fits = hasOracles
    ? new Ajv({ strict: false, formats: { uri: URL.canParse } }).compile(root)
    : () => true;
  const { all, lacking } = violateEach(root, wholeManifest);
  const passing = (check: (given: unknown) => boolean) =>
    all.flatMap(({ at, how, whole }) => (check(whole) ? [`${at} ${how}`] : []));

  test.each(files("manifests"))("accepts %s as text and as JSON", (file) => {
    const text = readText("manifests", file);
    expect(readManifest(text, "yaml")).toMatchObject({ ok: true });
    expect(readManifest(JSON.stringify(parse(text)), "json")).toMatchObject({ ok: true });
  });

  test("accepts a manifest with all fields, as the schema does", () => {
    expect(lacking).toEqual([]);
    expect(fits(wholeManifest)).toBe(true);
    expect(checkManifest(wholeManifest)).toMatchObject({ ok: true });
  });

  test("refuses every violation of a limit, as the schema does", () => {
    console.info(`${all.length} limits of the manifest were violated once each`);
    expect(all.length).toBeGreaterThan(250);
    expect(passing((given) => fits(given) === true)).toEqual([]);
    expect(passing((given) => checkManifest(given).ok)).toEqual([]);
  });

  test("fails the comparison if a violation is accepted", () => {
    const faultyCheck = (given: unknown) => Object(given).display_information?.name?.length === 36;
    expect(passing(faultyCheck)).toEqual(["/display_information/name too long"]);
  });
});
