/**
 * True when JSON text nests deeper than `levels`. It looks before anything is parsed: JSON.parse needs more
 * than a second for 500,000 nested lists, and what comes after it would overflow the stack.
 */
export function deeperThan(json: string, levels: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (inString && character === "\\") at++;
    else if (character === '"') inString = !inString;
    else if (inString) continue;
    else if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth--;
    if (depth > levels) return true;
  }
  return false;
}
