import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";
import { reveal } from "./reveal.ts";

/** A link that leaves the Console. */
export function OutLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
      <Icon name="out" size={12} />
    </a>
  );
}

/** A link only when the text is an http(s) address as a whole, with the host that it leads to. */
export function LinkOrText({ text }: { text: string }) {
  const link = webLink(text);
  if (!link) return reveal(text);
  return (
    <a href={link.href} target="_blank" rel="noopener noreferrer" title={link.href}>
      {link.text}
      <Icon name="out" size={12} />
    </a>
  );
}

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
