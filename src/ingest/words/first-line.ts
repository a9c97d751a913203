/** The first line that says something, trimmed; null when there is none. */
export function firstLine(text: string | null | undefined): string | null {
  return /\S.*/.exec(text ?? "")?.[0].trim() ?? null;
}
