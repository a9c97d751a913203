export type Search = Record<string, string | string[] | undefined>;

/** `?severity=HIGH&logType=a&logType=b` to `{severity: "HIGH", logType: ["a", "b"]}`. */
export function parseSearch(text: string): Search {
  const params = new URLSearchParams(text);
  const names = [...new Set(params.keys())];
  return Object.fromEntries(names.map((name) => [name, oneOrAll(params.getAll(name))]));
}

/** The other way, readable in the address bar; what is undefined is left out. */
export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (typeof item === "string") params.append(name, item);
    }
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}

function oneOrAll(values: string[]): string | string[] {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : values;
}
