import { reveal } from "../../components/reveal.ts";

/**
 * Reads a text that is an http(s) address as a whole; null for anything else, and for addresses with a name
 * before the host, which make one host look like another.
 */
export function webLink(text: string): { href: string; text: string } | null {
  const trimmed = text.trim();
  const url = /^https?:\/\/\S+$/i.test(trimmed) ? URL.parse(trimmed) : null;
  if (!url || url.username || url.password) return null;
  return { href: url.href, text: url.host + decodePath(url.pathname === "/" ? "" : url.pathname) };
}

function decodePath(path: string): string {
  try {
    return reveal(decodeURI(path));
  } catch {
    // A path that isn't UTF-8 is shown as it is written.
    return path;
  }
}
