import { z } from "zod";

type Path = readonly (string | number)[];

/** The fields that an object at this place in the data may have. */
export function knownKeys(schema: z.ZodType, path: Path, data: unknown): string[] {
  const found = schemasAt(schema, path, data).flatMap((one) => {
    if (one instanceof z.ZodObject) return Object.keys(one.shape);
    if (one instanceof z.ZodRecord && one.keyType instanceof z.ZodEnum)
      return one.keyType.options.map(String);
    return [];
  });
  return [...new Set(found)];
}

/** The values that a field may have which decides between several kinds of objects. */
export function knownValues(schema: z.ZodType, path: Path): string[] {
  return schemasAt(schema, path, undefined).flatMap((one) =>
    one instanceof z.ZodLiteral ? [...one.values].map(String) : [],
  );
}

function schemasAt(schema: z.ZodType, path: Path, data: unknown): z.ZodType[] {
  const kinds = unwrap(schema, data);
  const [step, ...rest] = path;
  if (step === undefined) return kinds;
  const value =
    typeof data === "object" && data !== null
      ? Object.entries(data).find(([name]) => name === String(step))?.[1]
      : undefined;
  return kinds.flatMap((one) => inside(one, step).flatMap((next) => schemasAt(next, rest, value)));
}

/** The schema of a field or an element. */
function inside(schema: z.ZodType, step: string | number): z.ZodType[] {
  const found =
    schema instanceof z.ZodObject
      ? schema.shape[step]
      : schema instanceof z.ZodArray
        ? schema.element
        : schema instanceof z.ZodRecord
          ? schema.valueType
          : null;
  return found instanceof z.ZodType ? [found] : [];
}

/** What is inside of optional schemas and the like; of alternatives those that the data's `type` or `do` allows. */
function unwrap(schema: unknown, data: unknown): z.ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return unwrap(schema.unwrap(), data);
  if (schema instanceof z.ZodPipe) return unwrap(schema.in, data);
  if (schema instanceof z.ZodUnion) {
    const all = schema.options.flatMap((one) => unwrap(one, data));
    const fitting = all.filter((one) => isChosen(one, data));
    return fitting.length > 0 ? fitting : all;
  }
  return schema instanceof z.ZodType ? [schema] : [];
}

/** Whether each field of one fixed value has it in the data. */
function isChosen(schema: z.ZodType, data: unknown): boolean {
  if (!(schema instanceof z.ZodObject) || typeof data !== "object" || data === null) return true;
  const given = new Map(Object.entries(data));
  return Object.entries(schema.shape).every(
    ([name, one]) => !(one instanceof z.ZodLiteral) || one.safeParse(given.get(name)).success,
  );
}
