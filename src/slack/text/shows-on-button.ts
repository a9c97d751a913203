import { isIP } from "node:net";

/**
 * Whether Slack shows a button that leads to this address: it hides, or refuses, those whose host has
 * neither a dot nor is an IP address, as `http://localhost:4000`.
 */
export function showsOnButton(address: string): boolean {
  const url = URL.parse(address);
  if (!url || !["http:", "https:"].includes(url.protocol) || address.length > 3000) return false;
  return url.hostname.includes(".") || isIP(url.hostname.replace(/^\[|\]$/g, "")) !== 0;
}
