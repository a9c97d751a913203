import { z } from "zod";
import { problem } from "./problem.ts";

/** The key of a list's last row as an opaque text, from which the next page goes on. */
function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** The key in a cursor, as `shape` wants it; null without a cursor. One that isn't ours is a 400. */
export function decodeCursor<T extends z.ZodType>(cursor: string | undefined, shape: T): z.output<T> | null {
  if (cursor === undefined) return null;
  const key = shape.safeParse(parse(Buffer.from(cursor, "base64url").toString()));
  if (key.success) return key.data;
  const detail = "This cursor is not one that this list gave out.";
  throw problem(400, detail, { errors: [{ field: "cursor", detail, expected: "the `next` of a page" }] });
}

/** Makes a page of at most `limit` from rows that were read with `limit + 1`. */
export function toPage<Row, T>(
  rows: Row[],
  limit: number,
  { keyOf, show }: { keyOf: (row: Row) => readonly (string | number)[]; show: (row: Row) => T },
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null;
  return { results: shown.map(show), next };
}

/** The commonest key: rows in the order of their ids, which UUIDv7 makes that of their creation. */
export const idKey = z.tuple([z.uuid()]);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Several values in a query: repeated or comma-separated (`?status=OPEN,TRIAGED`). */
export function several<T extends z.ZodType>(item: T) {
  return z.preprocess(
    (value) => (typeof value === "string" ? value.split(",").filter(Boolean) : value),
    z.array(item).max(50),
  );
}

export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(50).default(25),
  cursor: z.string().max(500).optional(),
});

/** Every list answers so; `next` is the cursor of the following page, null at the end. */
export function page<T extends z.ZodType>(item: T) {
  return z.object({ results: z.array(item), next: z.string().nullable() });
}

export interface Page<T> {
  results: T[];
  next: string | null;
}

export const idParams = z.object({ id: z.uuid() });
