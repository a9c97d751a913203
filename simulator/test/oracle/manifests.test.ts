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

type Breach = { at: string; how: string; whole: unknown };

/** The whole manifest with the value at a place replaced. */
function replaced(root: unknown, [step, ...rest]: (string | number)[], value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(root)) return root.map((one, n) => (n === step ? replaced(one, rest, value) : one));
  return { ...Object(root), [step]: replaced(Object(root)[step], rest, value) };
}

const grown = (value: string, length: number) => value.padEnd(length, "x");
/** As many items as wanted, no two of them alike. */
const manyOf = (item: unknown, count: number) =>
  Array.from({ length: count }, (_, n) =>
    typeof item === "string" ? `${item}${n}` : { ...Object(item), event_type: `e${n}` },
  );

/** Every way in which one value can break what its schema says of it, with a word for each. */
function breaches(schema: Schema, value: unknown): [string, unknown][] {
  const all: [string, unknown, boolean][] = [
    ["another type", schema.type === "string" ? 5 : "no", schema.type !== undefined],
    ["too long", grown(String(value), (schema.maxLength ?? 0) + 1), schema.maxLength !== undefined],
    ["too short", "x".repeat((schema.minLength ?? 1) - 1), (schema.minLength ?? 0) > 0],
    ["another pattern", "***", schema.pattern !== undefined],
    ["none of the words", "other", schema.enum !== undefined],
    ["too many", manyOf(Object(value)[0], (schema.maxItems ?? 0) + 1), schema.maxItems !== undefined],
    ["too few", [], (schema.minItems ?? 0) > 0],
    ["twice the same", [Object(value)[0], Object(value)[0]], schema.uniqueItems === true],
    [
      "an unknown key",
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

// What Slack hosts itself is taken as it is.
const hosted = /hermes|mcp_servers|features\.functions/;

/** Every limit of the schema broken once within a whole manifest, and the places that the manifest lacks. */
function breakEach(root: Schema, whole: unknown): { all: Breach[]; lacking: string[] } {
  const definitions = z.record(z.string(), z.unknown()).parse(root.definitions);
  const all: Breach[] = [];
  const lacking: string[] = [];
  const walk = (raw: unknown, value: unknown, path: (string | number)[]) => {
    const node = schemaNode.parse(raw);
    if (hosted.test(node.$ref ?? "")) return;
    const schema = node.$ref ? schemaNode.parse(definitions[node.$ref.replace("#/definitions/", "")]) : node;
    const at = `/${path.join("/")}`;
    if (value === undefined) return void lacking.push(at);
    for (const [how, broken] of breaches(schema, value))
      all.push({ at, how, whole: replaced(whole, path, broken) });
    for (const [key, inner] of Object.entries(schema.properties ?? {}))
      walk(inner, Object(value)[key], [...path, key]);
    if (schema.items) walk(schema.items, Object(value)[0], [...path, 0]);
  };
  walk(root, whole, []);
  return { all, lacking };
}

oracle("manifests, against Slack's schema", () => {
  const root = schemaNode.parse(hasOracles ? read("manifest.schema.2.0.0.json") : { definitions: {} });
  const fits = hasOracles
    ? new Ajv({ strict: false, formats: { uri: URL.canParse } }).compile(root)
    : () => true;
  const { all, lacking } = breakEach(root, wholeManifest);
  const passing = (check: (given: unknown) => boolean) =>
    all.flatMap(({ at, how, whole }) => (check(whole) ? [`${at} ${how}`] : []));

  test.each(files("manifests"))("takes %s, as text and as JSON", (file) => {
    const text = readText("manifests", file);
    expect(readManifest(text, "yaml")).toMatchObject({ ok: true });
    expect(readManifest(JSON.stringify(parse(text)), "json")).toMatchObject({ ok: true });
  });

  test("takes a manifest in which everything is said, as the schema does", () => {
    expect(lacking).toEqual([]);
    expect(fits(wholeManifest)).toBe(true);
    expect(checkManifest(wholeManifest)).toMatchObject({ ok: true });
  });

  test("refuses whatever breaks a limit, as the schema does", () => {
    console.info(`${all.length} limits of the manifest were broken, each once`);
    expect(all.length).toBeGreaterThan(250);
    expect(passing((given) => fits(given) === true)).toEqual([]);
    expect(passing((given) => checkManifest(given).ok)).toEqual([]);
  });

  test("a bent check is noticed", () => {
    const bent = (given: unknown) => Object(given).display_information?.name?.length === 36;
    expect(passing(bent)).toEqual(["/display_information/name too long"]);
  });
});
