import { refuse } from "./answer.ts";

/** One page of a list and the cursor of the next one. Answers `invalid_cursor` for a malformed cursor. */
export function pageOf<T>(
  all: readonly T[],
  { cursor, limit: given, max = 1000 }: { cursor?: string | undefined; limit: number; max?: number },
) {
  const limit = given === 0 ? Math.min(100, max) : given;
  if (!Number.isInteger(limit) || limit < 1 || limit > max) return refuse("invalid_limit");
  const start = cursor
    ? Number(
        Buffer.from(cursor, "base64")
          .toString()
          .replace(/^from:/, ""),
      )
    : 0;
  if (!Number.isInteger(start) || start < 0) return refuse("invalid_cursor");
  const end = start + limit;
  const next = end < all.length ? Buffer.from(`from:${end}`).toString("base64") : "";
  return {
    ok: true as const,
    page: all.slice(start, end),
    response_metadata: { next_cursor: next },
  };
}
