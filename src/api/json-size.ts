/** The nesting and the number of values that JSON may have. */
export interface JsonLimits {
  levels: number;
  values: number;
}

/** For bodies of the API, and for those that a source sends. */
export const jsonLimits: JsonLimits = { levels: 100, values: 50_000 };

const quote = 34;
const comma = 44;
const backslash = 92;
const openers = new Set([91, 123]);
const closers = new Set([93, 125]);

/**
 * What JSON text should be, if it has too many levels or values; else null. Must run before JSON.parse, which needs
 * over a second for 500,000 nested lists; later recursion would overflow the stack.
 */
export function tooMuchJson(json: string, { levels, values }: JsonLimits = jsonLimits): string | null {
  let depth = 0;
  let count = 1;
  let inString = false;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (inString && code === backslash) at++;
    else if (code === quote) inString = !inString;
    else if (inString) continue;
    else if (code === comma) count++;
    else if (openers.has(code)) {
      depth++;
      count++;
    } else if (closers.has(code)) depth--;
    if (depth > levels) return `JSON of at most ${levels} levels`;
    if (count > values) return `JSON of at most ${values} values`;
  }
  return null;
}
