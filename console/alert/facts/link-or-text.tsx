import { Icon } from "../../components/icon.tsx";
import { reveal } from "../../components/reveal.ts";
import { webLink } from "./web-link.ts";

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
