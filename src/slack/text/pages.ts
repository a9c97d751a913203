import { boundary } from "./text.ts";

/**
 * The text in pages of at most `limit` UTF-16 units that join to the whole, each ending with a line where
 * that leaves it at least half full. At least one page, which is empty for an empty text.
 */
export function pages(text: string, limit: number): string[] {
  const found: string[] = [];
  let from = 0;
  while (text.length - from > limit) {
    const line = text.lastIndexOf("\n", from + limit - 1) + 1;
    const end = line - from >= limit / 2 ? line : boundary(text, from + limit);
    found.push(text.slice(from, end));
    from = end;
  }
  return [...found, text.slice(from)];
}
