import { z } from "zod";
import { type ParseFailure, parseFailure, type Warning } from "../source-kind.ts";
import { anyValue, hasNoOffset, isNothing, isObject } from "./read-fields.ts";

type ReadObject<Fields> = { ok: true; fields: Fields; warnings: Warning[] } | ParseFailure;

/** A field that holds an object of such fields. Without one, all of them are missing. */
export function optionalFields<Shape extends z.ZodRawShape>(shape: Shape) {
  return anyValue
    .transform((given) => (isObject(given) ? given : {}))
    .pipe(z.object(shape))
    .describe("an object");
}

/**
 * Reads an object by a schema whose fields are those of `read-fields.ts`, and warns of each value that was not read, or
 * not as what it is. What a field should hold is the description of its schema.
 */
export function readObject<Schema extends z.ZodObject>(
  schema: Schema,
  given: unknown,
): ReadObject<z.output<Schema>> {
  const read = schema.safeParse(given);
  if (!read.success) return parseFailure(read.error);
  const warnings: Warning[] = [];
  warnOfFields(schema, { given, read: read.data, path: "", warnings });
  return { ok: true, fields: read.data, warnings };
}

interface Compared {
  given: unknown;
  read: unknown;
  path: string;
  warnings: Warning[];
}

function warnOfFields(schema: z.ZodObject, { given, read, path, warnings }: Compared): void {
  if (!isObject(given) || !isObject(read)) return;
  for (const [key, field] of Object.entries(schema.shape)) {
    const compared = { given: given[key], read: read[key], path: `${path}${key}`, warnings };
    if (isNothing(compared.given)) continue;
    const inner = field instanceof z.ZodPipe ? field.out : field;
    const fields = inner instanceof z.ZodObject ? inner : null;
    if (misread(compared.given, compared.read) || (fields && !hasOneOf(fields, compared.given)))
      warnings.push({ field: compared.path, expected: expectedOf(field) });
    else if (compared.read instanceof Date && hasNoOffset(compared.given))
      warnings.push({
        field: compared.path,
        expected: "a time with its offset, such as Z; it was read as UTC",
      });
    else if (fields) warnOfFields(fields, { ...compared, path: `${compared.path}.` });
  }
}

/** Whether it is an object with at least one of these fields, or an empty one. */
function hasOneOf({ shape }: z.ZodObject, given: unknown): boolean {
  if (!isObject(given)) return false;
  const keys = Object.keys(given);
  return keys.length === 0 || keys.some((key) => Object.hasOwn(shape, key));
}

function expectedOf(field: z.core.$ZodType): string {
  return z.globalRegistry.get(field)?.description ?? "a value of another type";
}

/** Whether a value was not read, or as what it isn't: a list or an object as text, or one text as a list. */
function misread(given: unknown, read: unknown): boolean {
  if (read === undefined) return false;
  if (read === null) return true;
  if (Array.isArray(given)) return !Array.isArray(read) || !sameEntries(given, read);
  return isObject(given) ? !isObject(read) : Array.isArray(read) && read.length > 0;
}

function sameEntries(given: unknown[], read: unknown[]): boolean {
  const isText = (at: number) => typeof read[at] === "string";
  return given.length === read.length && given.every((one, at) => typeof one !== "object" || !isText(at));
}
