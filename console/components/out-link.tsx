import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";

/** A link that leaves the Console. */
export function OutLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
      <Icon name="out" size={12} />
    </a>
  );
}
