/** Text that holds a value, as itself: forms and Slack's arguments carry JSON within text. */
function unfold(value: unknown): unknown {
  if (typeof value === "string" && /^[[{]/.test(value)) {
    try {
      return unfold(JSON.parse(value));
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) return value.map(unfold);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unfold(inner)]));
  return value;
}

const isForm = (body: string) => /^[\w.%-]+=/.test(body) && !body.includes("\n");

/** A body as one reads it: JSON indented, also what a form carries. Anything else, and what was cut, stays as it is. */
export function pretty(body: string): string {
  const value = unfold(isForm(body) ? Object.fromEntries(new URLSearchParams(body)) : body);
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
