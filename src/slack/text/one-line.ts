import { show } from "./show.ts";

/** Outside text on one line: nothing hidden, no line breaks, at most `limit` UTF-16 units. May be empty. */
export function oneLine(text: string, limit: number): string {
  return show(text.replace(/[ \t\r\n]+/g, " ").trim(), limit);
}
