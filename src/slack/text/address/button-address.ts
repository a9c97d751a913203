import { isIP } from "node:net";

/**
 * The address as a button may carry it; null where Slack would hide the button or refuse it: it takes only
 * http(s) with a host that has a dot or is an IP address, which `http://localhost:4000` is not.
 */
export function buttonAddress(address: string): string | null {
  const url = URL.parse(address);
  if (!url || !["http:", "https:"].includes(url.protocol) || url.href.length > 3000) return null;
  const isAddress = isIP(url.hostname.replace(/^\[|\]$/g, "")) !== 0;
  return isAddress || url.hostname.includes(".") ? url.href : null;
}
