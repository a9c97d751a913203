import type { FieldCondition } from "../alert/silence.ts";

/** Whether a value of a context meets a condition; of a list, whether one of its items does. */
export function meets(value: unknown, { op, value: wanted }: Pick<FieldCondition, "op" | "value">): boolean {
  if (Array.isArray(value))
    return value.some((item) => !Array.isArray(item) && meets(item, { op, value: wanted }));
  if (value === null || value === undefined || typeof value === "object") return false;
  const text = String(value);
  return op === "matches" ? matchesGlob(text, wanted) : text.toLowerCase() === wanted.toLowerCase();
}

/**
 * Whether a text fits a pattern in which `*` stands for any text. Each part is searched once and from left to right, so
 * that no pattern can take long, as a regular expression could.
 */
export function matchesGlob(text: string, pattern: string): boolean {
  const rest = text.toLowerCase();
  const [first = "", ...others] = pattern.toLowerCase().split("*");
  const last = others.pop();
  if (last === undefined) return rest === first;
  if (!rest.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = rest.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return rest.length - last.length >= at && rest.endsWith(last);
}
