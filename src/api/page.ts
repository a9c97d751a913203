import { z } from "zod";
import { problem } from "./problem.ts";

/** Encodes the sort key of a page's last row as an opaque cursor. */
function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/**
 * Decodes a cursor to the sort key that `shape` describes; null without a cursor. Throws a 400 if it is
 * invalid.
 */
export function decodeCursor<T extends z.ZodType>(cursor: string | undefined, shape: T): z.output<T> | null {
  if (cursor === undefined) return null;
  const key = shape.safeParse(parse(Buffer.from(cursor, "base64url").toString()));
  if (key.success) return key.data;
  const detail = "The cursor is invalid. Use the `next` of the previous page.";
  throw problem(400, detail, { errors: [{ field: "cursor", detail, expected: "the `next` of a page" }] });
}

/** Makes a page of at most `limit` results from rows that were read with `limit + 1`. */
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

/** The usual sort key, the id: UUIDv7 ids sort by creation time. */
export const idKey = z.tuple([z.uuid()]);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A query parameter with several values, repeated or comma-separated (`?status=OPEN,TRIAGED`). */
export function listParam<T extends z.ZodType>(item: T) {
  return z.preprocess(
    (value) => (typeof value === "string" ? value.split(",").filter(Boolean) : value),
    z.array(item).max(50),
  );
}

export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(50).default(25),
  cursor: z.string().max(500).optional(),
});

/** The response of every list. `next` is the cursor of the next page; null on the last page. */
export function page<T extends z.ZodType>(item: T) {
  return z.object({ results: z.array(item), next: z.string().nullable() });
}

export interface Page<T> {
  results: T[];
  next: string | null;
}

export const idParams = z.object({ id: z.uuid() });
