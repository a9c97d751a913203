import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";
import { reveal } from "./reveal.ts";

/** A link to another site, opened in a new tab. */
export function ExternalLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
      <Icon name="external" size={12} />
    </a>
  );
}

/** A link that shows its host if the whole text is an http(s) URL; otherwise plain text. */
export function LinkOrText({ text }: { text: string }) {
  const link = parseWebLink(text);
  if (!link) return reveal(text);
  return (
    <a href={link.href} target="_blank" rel="noopener noreferrer" title={link.href}>
      {link.text}
      <Icon name="external" size={12} />
    </a>
  );
}

/**
 * Parses a text that is one http(s) URL as a whole; null for anything else. URLs with a user name are refused,
 * since they make one host look like another.
 */
export function parseWebLink(text: string): { href: string; text: string } | null {
  const trimmed = text.trim();
  const url = /^https?:\/\/\S+$/i.test(trimmed) ? URL.parse(trimmed) : null;
  if (!url || url.username || url.password) return null;
  return { href: url.href, text: url.host + decodePath(url.pathname === "/" ? "" : url.pathname) };
}

function decodePath(path: string): string {
  try {
    return reveal(decodeURI(path));
  } catch {
    // The path isn't UTF-8.
    return path;
  }
}
