/** Parses JSON in texts recursively: forms and Slack's arguments contain JSON as text. */
function parseNested(value: unknown): unknown {
  if (typeof value === "string" && /^[[{]/.test(value)) {
    try {
      return parseNested(JSON.parse(value));
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) return value.map(parseNested);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, parseNested(inner)]));
  return value;
}

const isForm = (body: string) => /^[\w.%-]+=/.test(body) && !body.includes("\n");

/** Formats a body for reading: indents JSON, also in forms. Other text and truncated bodies stay unchanged. */
export function prettyBody(body: string): string {
  const value = parseNested(isForm(body) ? Object.fromEntries(new URLSearchParams(body)) : body);
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
