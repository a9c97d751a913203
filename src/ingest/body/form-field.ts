/**
 * The value of one field of a form in a body, urlencoded or multipart; null if the body is no form. Multipart is told by
 * the boundary in its first line, because any content type is accepted.
 */
export function formField(text: string, name: string): string | null {
  if (text.startsWith("--")) return multipartField(text, name);
  // JSON can't begin like this.
  return /^[\w.+%-]+=/.test(text) ? new URLSearchParams(text).get(name) : null;
}

function multipartField(text: string, name: string): string | null {
  const [boundary = ""] = /^--[^\r\n]+/.exec(text) ?? [];
  const parts = boundary ? text.split(`\n${boundary}`) : [];
  const [first = "", ...others] = parts;
  for (const part of [first.slice(boundary.length), ...others]) {
    const [head] = /^[\s\S]*?\r?\n\r?\n/.exec(part) ?? [];
    if (head && nameOf(head) === name) return part.slice(head.length).replace(/\r$/, "");
  }
  return null;
}

function nameOf(head: string): string | undefined {
  const found = /^content-disposition:.*?[;\s]name=(?:"([^"]*)"|([^;\s]*))/im.exec(head);
  return found?.[1] ?? found?.[2];
}
