/** The names in a path such as `labels.app\.kubernetes\.io/name`; null if it is no path. */
export function readPath(path: string): string[] | null {
  const names = path.match(/(?:\\[\s\S]|[^.\\])+/g) ?? [];
  if (names.length === 0 || names.join(".") !== path) return null;
  return names.map((name) => name.replace(/\\([\s\S])/g, "$1"));
}

/** The path of names, of which any may hold dots. */
export function writePath(names: readonly string[]): string {
  return names.map((name) => name.replace(/[.\\]/g, "\\$&")).join(".");
}

/** The value at a path; an item of a list is named by its index. */
export function valueAt(context: unknown, names: readonly string[]): unknown {
  let value = context;
  for (const name of names) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = Reflect.get(value, name);
  }
  return value;
}

interface ContextField {
  path: string;
  value: string;
}

/** A context can hold 100,000 values; what identifies things is near its top. */
const maxSearched = 1000;
const maxDepth = 6;
const maxPathLength = 80;
const maxValueLength = 120;

/** In the order in which they are offered. */
const telling = [
  /user|email|principal|actor|login|account/i,
  /host|computer|device|machine|node|instance/i,
  /ip$|ip_?addr|address/i,
  /service|app|pod|container|resource|bucket|repo|cluster|namespace|project/i,
];
const noisyName =
  /(?:time|timestamp|date|uuid|guid|hash|count|total|score|duration|url|uri|message|description)$/i;
const noisyValue = /^\d{4}-\d\d-\d\d|^\d{9,}$|^[\da-f]{8}-[\da-f]{4}-|^[\da-f]{16,}$|^https?:|^-?\d+\.\d+$/i;

/** Fields of a context that others may share, those that say who and where first: what a silence can be limited to. */
export function contextFields(context: unknown, most: number): ContextField[] {
  const found: (ContextField & { rank: number })[] = [];
  const waiting: { names: string[]; value: unknown }[] = [{ names: [], value: context }];
  for (let n = 0; n < waiting.length && n < maxSearched; n++) {
    const { names, value } = waiting[n] ?? { names: [], value: null };
    if (typeof value === "object" && value !== null) {
      if (Array.isArray(value) || names.length >= maxDepth) continue;
      for (const [name, inside] of Object.entries(value).slice(0, maxSearched))
        waiting.push({ names: [...names, name], value: inside });
      continue;
    }
    const text = value === null || value === undefined ? "" : String(value);
    const [path, name] = [writePath(names), names.at(-1) ?? ""];
    const isShort = text.trim() !== "" && text.length <= maxValueLength && path.length <= maxPathLength;
    if (!isShort || /[\r\n]/.test(text) || noisyName.test(name) || noisyValue.test(text)) continue;
    const rank = telling.findIndex((pattern) => pattern.test(names.slice(-2).join(" ")));
    found.push({ path, value: text, rank: rank < 0 ? telling.length : rank });
  }
  return found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ path, value }) => ({ path, value }));
}
