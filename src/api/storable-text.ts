/** Whether PostgreSQL can store the text. It refuses NUL, and lone surrogates aren't UTF-8. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

/**
 * The path of the first text in a value that can't be stored, such as `answers.0.label`; null if all can be. A key that
 * can't be stored ends its path. Bytes are no text. Recursive, so the depth must be limited before.
 */
export function findUnstorable(value: unknown): string | null {
  if (typeof value === "string") return isStorable(value) ? null : "";
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return null;
  for (const [key, inner] of Object.entries(value)) {
    const found = isStorable(key) ? findUnstorable(inner) : "";
    if (found !== null) return found === "" ? readable(key) : `${readable(key)}.${found}`;
  }
  return null;
}

function readable(key: string): string {
  return key.toWellFormed().replaceAll("\0", "\ufffd");
}
