/**
 * JSON in the canonical form of RFC 8785 (JCS): no spaces, members sorted by the UTF-16 units of their names, numbers and
 * strings as ECMAScript writes them. It takes what `JSON.parse` returns, so numbers are doubles. Entries are written
 * from doubles too, and PostgreSQL keeps their value, though not their notation (`1e21` comes back with all its digits).
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(",")}}`;
}
