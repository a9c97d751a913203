import { boundary, cut } from "./text.ts";
import { reveal } from "./reveal.ts";

/**
 * The beginning of an outside text as people may see it: nothing hidden in it, at most `limit` UTF-16
 * units. Only twice that is looked at, which is enough, since revealing shortens nothing but `\r\n`.
 */
export function show(text: string, limit: number): string {
  return cut(reveal(text.slice(0, boundary(text, 2 * limit + 2))), limit);
}
