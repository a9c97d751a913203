const email = /^[^\s@<>"]{1,64}@[^\s@<>"]{1,190}\.[^\s@<>".]{2,24}$/;
const mostFound = 5;

/**
 * The e-mails that stand in an alert's context under one of these field names, as `actor.email` or `email`
 * alone: the nearest to the top first. The name is compared with the end of the path, without regard to case.
 */
export function emailsIn(context: Readonly<Record<string, unknown>>, fields: readonly string[]): string[] {
  const wanted = fields.map((field) => `.${field.toLowerCase()}`);
  const found = new Set<string>();
  let level: [path: string, value: unknown][] = [["", context]];
  while (level.length > 0 && found.size < mostFound) {
    const next: typeof level = [];
    for (const [path, value] of level) {
      if (typeof value === "string" && email.test(value) && wanted.some((field) => path.endsWith(field)))
        found.add(value);
      if (typeof value === "object" && value !== null) {
        for (const [key, inner] of Object.entries(value))
          next.push([Array.isArray(value) ? path : `${path}.${key.toLowerCase()}`, inner]);
      }
    }
    level = next;
  }
  return [...found].slice(0, mostFound);
}
