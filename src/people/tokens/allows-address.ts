import ipaddr from "ipaddr.js";

/** True if `ip` lies in one of the ranges, or if there is none. An IPv4 address mapped into IPv6 is IPv4. */
export function allowsAddress(cidrs: readonly string[], ip: string): boolean {
  if (cidrs.length === 0) return true;
  if (!ipaddr.isValid(ip)) return false;
  const address = ipaddr.process(ip);
  return cidrs.some((cidr) => {
    const [network, bits] = ipaddr.parseCIDR(cidr);
    return network.kind() === address.kind() && address.match(network, bits);
  });
}
