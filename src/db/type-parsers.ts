import pg from "pg";

const int8 = 20;
const textArray: number = 1009;
/** PostgreSQL numbers the types of a schema from here on; those of ours are enums, and arrays of them. */
const firstOwnType = 16_384;

/** How what PostgreSQL answers becomes values; the rest is as pg has it: Date, parsed jsonb, Buffer. */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: (type: number, format?: "text" | "binary") => {
    if (type === int8) return toSafeInteger;
    return type < firstOwnType ? pg.types.getTypeParser(type, format) : toWords;
  },
};

function toWords(text: string): string | string[] {
  return text.startsWith("{") ? pg.types.getTypeParser(textArray, "text")(text) : text;
}

/** pg hands int8 over as text, as it may exceed what a number holds; ours, counts and ids, never do. */
function toSafeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is too large for a number`);
  return value;
}
