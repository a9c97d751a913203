import { cut } from "./cut.ts";
import { reveal } from "./reveal.ts";

/** Outside text on one line: nothing hidden, no line breaks, at most `limit` UTF-16 units. May be empty. */
export function oneLine(text: string, limit: number): string {
  return cut(reveal(text).replace(/\s+/g, " ").trim(), limit);
}
