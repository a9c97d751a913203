import { createHash } from "node:crypto";
import ipaddr from "ipaddr.js";

/** The rows that a try counts against. */
export interface TryKeys {
  email: string;
  ip: string;
}

/** The e-mail is hashed: people type passwords into that field, too. */
export function tryKeys(email: string, ip: string): TryKeys {
  const hash = createHash("sha256").update(email.trim().toLowerCase()).digest("base64url");
  return { email: `email:${hash}`, ip: `ip:${networkOf(ip)}` };
}

/** One customer of a provider has a whole /64 of IPv6 addresses. */
function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  if (address.kind() === "ipv4") return address.toString();
  return ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toString();
}
