export type Query = Record<string, string | number | readonly string[] | undefined>;

/**
 * `{status: ["OPEN", "TRIAGED"], limit: 50}` to `?status=OPEN&status=TRIAGED&limit=50`; what is undefined or
 * empty is left out.
 */
export function queryString(query: Query): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of spread(value)) params.append(name, item);
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}

/** The server splits a lone value at its commas, but not one of several: a lone one with commas goes twice. */
function spread(value: Query[string]): readonly string[] {
  if (value === undefined || value === "") return [];
  if (typeof value !== "object") return [String(value)];
  const [only] = value;
  return value.length === 1 && only?.includes(",") ? [only, only] : value;
}
