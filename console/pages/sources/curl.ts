import type { SourceKindBody } from "../../../src/ingest/contract.ts";

export interface Target {
  url: string;
  /** The key, or a placeholder once it can't be shown any more. */
  key: string;
}

/** A curl command that sends a first report to a source, in the format of its kind. */
export function curl(
  { sample, keyInQuery }: Pick<SourceKindBody, "sample" | "keyInQuery">,
  { url, key }: Target,
): string {
  const body = quote(JSON.stringify(sample));
  // Tools that can't set a header only take a URL, so the key is part of it.
  if (keyInQuery) return `curl ${quote(`${url}?key=${key}`)} \\\n  -d ${body}`;
  return `curl ${quote(url)} \\\n  -H ${quote(`X-API-Key: ${key}`)} \\\n  -d ${body}`;
}

/** What to enter in the tool, with the source's URL and key in their places; null if there is nothing to copy. */
export function toolConfig({ config }: Pick<SourceKindBody, "config">, { url, key }: Target): string | null {
  return config?.replaceAll("{url}", () => url).replaceAll("{key}", () => key) ?? null;
}

/** One word for a shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
