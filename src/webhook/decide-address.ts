import ipaddr from "ipaddr.js";

/** Where webhooks may go. */
export interface AddressRules {
  /** Ranges of private addresses that are allowed all the same, as `10.1.0.0/16`. */
  allowed: readonly string[];
}

export type AddressVerdict = "usable" | "private_address" | "plain_http";

/**
 * May an event be sent to this IP address? Only what is plainly on the internet, by TLS, or what the settings
 * name: everything that has a special meaning is refused, the ways of writing an IPv4 address in IPv6 included.
 */
export function decideAddress(
  address: string,
  { encrypted, allowed }: AddressRules & { encrypted: boolean },
): AddressVerdict {
  if (!ipaddr.isValid(address)) return "private_address";
  const parsed = ipaddr.process(address);
  if (allowed.some((range) => contains(range, parsed))) return "usable";
  if (parsed.range() !== "unicast") return "private_address";
  return encrypted ? "usable" : "plain_http";
}

function contains(range: string, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  const [network, bits] = ipaddr.parseCIDR(range.includes("/") ? range : `${range}/${longest(range)}`);
  return network.kind() === address.kind() && address.match(network, bits);
}

function longest(address: string): number {
  return ipaddr.parse(address).kind() === "ipv4" ? 32 : 128;
}
