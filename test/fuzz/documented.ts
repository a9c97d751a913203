import fc from "fast-check";
import { z } from "zod";
import { nastyText, nastyValue, unstorable } from "./nasty.ts";

interface Schema {
  [keyword: string]: unknown;
  $ref?: string | undefined;
  properties?: Record<string, Schema> | undefined;
  items?: Schema | undefined;
  anyOf?: Schema[] | undefined;
}

const schema: z.ZodType<Schema> = z.lazy(() =>
  z.looseObject({
    $ref: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    properties: z.record(z.string(), schema).optional(),
    items: schema.optional(),
    anyOf: z.array(schema).optional(),
  }),
);

const operation = z.object({
  parameters: z.array(z.object({ name: z.string(), in: z.string(), schema })).default([]),
  requestBody: z.object({ content: z.object({ "application/json": z.object({ schema }) }) }).optional(),
});

const methods = ["get", "post", "put", "patch", "delete"] as const;
const document = z.object({
  paths: z.record(z.string(), z.partialRecord(z.enum(methods), operation)),
  components: z.object({ schemas: z.record(z.string(), schema) }),
});

/** A request to a documented route: path and query are filled in. */
export interface Wanted {
  method: string;
  route: string;
  url: string;
  body: unknown;
}

/** What real requests contain: the ids of each list, and cursors. */
export interface Known {
  ids: Map<string, string[]>;
  cursors: string[];
}

/** Requests to each documented route, mostly right and each with something odd in a place that the seed chooses. */
export function documentedRequests(
  described: unknown,
  known: Known,
): { route: string; requests: fc.Arbitrary<Wanted> }[] {
  const { paths, components } = document.parse(described);
  const every = ["00000000-0000-4000-8000-000000000000", ...[...known.ids.values()].flat()];
  return Object.entries(paths).flatMap(([path, operations]) =>
    methods.flatMap((method) => {
      const found = operations[method];
      if (!found) return [];
      const { parameters, requestBody } = found;
      // Mostly ids of the route's own list.
      const own = known.ids.get(path.split("/")[3] ?? "") ?? [];
      const values = valuesOf(
        components.schemas,
        own.length > 0 ? [...own, ...own, ...own, ...own, ...every] : every,
      );
      const given = (place: string) =>
        Object.fromEntries(
          parameters
            .filter((parameter) => parameter.in === place)
            .map(({ name, schema: about }) => [name, name === "cursor" ? cursors(known) : values(about)]),
        );
      const body = requestBody
        ? values(requestBody.content["application/json"].schema)
        : fc.constant(undefined);
      const requests = fc
        .record({
          inPath: fc.record(given("path")),
          query: fc.record(given("query"), { requiredKeys: [] }),
          body,
        })
        .map((parts) => ({
          method: method.toUpperCase(),
          route: path,
          url: urlOf(path, parts),
          body: parts.body,
        }));
      return [{ route: `${method.toUpperCase()} ${path}`, requests }];
    }),
  );
}

function urlOf(path: string, { inPath, query }: { inPath: object; query: object }): string {
  const filled = new Map(Object.entries(inPath));
  const place = path.replace(/\{(\w+)\}/g, (_, name: string) => encode(filled.get(name)));
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encode(value)}`);
  return pairs.length > 0 ? `${place}?${pairs.join("&")}` : place;
}

function encode(value: unknown): string {
  return encodeURIComponent((Array.isArray(value) ? value.join() : String(value)).toWellFormed());
}

function cursors({ cursors: real, ids }: Known): fc.Arbitrary<string> {
  const sortKey = fc.oneof(fc.constantFrom<unknown>(...sortKeys), nastyText);
  const id = fc.constantFrom(...[...ids.values()].flat());
  const likely = fc.oneof(fc.tuple(sortKey, id), fc.tuple(id), fc.tuple(sortKey, fc.double()));
  const madeUp = fc.oneof(likely, fc.array(nastyValue, { maxLength: 3 }));
  const encoded = madeUp.map((key) => Buffer.from(JSON.stringify(key)).toString("base64url"));
  return fc.oneof(fc.constantFrom(...real), encoded, nastyText);
}

const sortKeys = [
  "HIGH",
  "0000-01-01 00:00:00+00",
  "2026-13-45 10:00:00+00",
  "2026-01-15 10:00:00.123456+00",
  "x\0",
];
const plainTexts = ["Ada", "a password of words", "https://127.0.0.1:1/x", "#security", "x".repeat(900)];

/** Values of a schema, in one of sixteen places nasty ones. */
function valuesOf(
  components: Record<string, Schema>,
  ids: string[],
): (about: Schema) => fc.Arbitrary<unknown> {
  const id = fc.constantFrom(...ids);
  const values = (about: Schema): fc.Arbitrary<unknown> =>
    fc.oneof({ weight: 15, arbitrary: right(about) }, nastyValue);

  function right(about: Schema): fc.Arbitrary<unknown> {
    const { $ref, anyOf, properties, items } = about;
    if ($ref) return right(components[$ref.split("/").at(-1) ?? ""] ?? {});
    if (Array.isArray(about.enum)) return fc.constantFrom<unknown>(...about.enum);
    if ("const" in about) return fc.constant(about.const);
    if (anyOf) return fc.oneof(...anyOf.map(right));
    if (properties) return objects(properties, Array.isArray(about.required) ? about.required : []);
    if (items) return fc.array(values(items), { maxLength: 3 });
    switch (about.type) {
      case "integer":
      case "number":
        return fc.integer({ min: Number(about.minimum ?? -5), max: Number(about.maximum ?? 2000) });
      case "boolean":
        return fc.boolean();
      case "null":
        return fc.constant(null);
      case "object":
        return fc.dictionary(nastyText, nastyValue, { maxKeys: 3 });
      case "string":
        return about.format === "date-time" ? fc.constant("2026-01-15T10:00:00Z") : texts(about);
      default:
        return nastyValue;
    }
  }

  function objects(properties: Record<string, Schema>, required: unknown[]): fc.Arbitrary<unknown> {
    const fields = Object.fromEntries(
      Object.entries(properties).map(([name, about]) => [name, values(about)]),
    );
    const requiredKeys = Object.keys(fields).filter((name) => required.includes(name));
    const odd = fc.dictionary(fc.constantFrom("extra", "__proto__", "\0", "\ud800"), nastyValue, {
      maxKeys: 1,
    });
    const right = fc.record(fields, { requiredKeys });
    return fc.oneof(
      { weight: 9, arbitrary: right },
      fc.tuple(right, odd).map(([one, more]) => ({ ...one, ...more })),
    );
  }

  function texts({ format, pattern }: Schema): fc.Arbitrary<string> {
    if (format === "uuid") return id;
    if (format === "email") return fc.constantFrom("ada@example.com", "eve@example.com");
    if (pattern === "^\\d{1,15}$") return fc.constantFrom("1", "999999999999999");
    const plain = fc.constantFrom(...plainTexts);
    return fc.oneof({ weight: 3, arbitrary: id }, { weight: 3, arbitrary: plain }, unstorable(plain));
  }
  return values;
}
