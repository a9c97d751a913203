/**
 * The value that a JSON text stands for; undefined, which no JSON text stands for, when it is none. Characters
 * that PostgreSQL can't keep become U+FFFD.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(unkeepable, (found, bad?: string) => (bad ? "\\ufffd" : found)));
  } catch {
    return undefined;
  }
}

/** NUL and halves of surrogate pairs, among escapes that stay as they are. */
const unkeepable =
  /\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u0000|\\u[dD][89a-fA-F][0-9a-fA-F]{2})/g;
