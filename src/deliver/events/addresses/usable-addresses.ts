import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { EventFault } from "../event-fault.ts";

/** The addresses that events may go to. */
export interface AddressRules {
  /** Private ranges that are allowed, for example `10.1.0.0/16`. */
  allowed: readonly string[];
}

type AddressVerdict = "usable" | "private_address" | "plain_http";

/** All public IPv6 addresses (RFC 4291). The rest has special meanings, such as `::127.0.0.1`, an IPv4 address. */
const globalUnicast = ipaddr.parseCIDR("2000::/3");

/**
 * Decides whether an event may be sent to this IP address: public unicast addresses by TLS, and the ranges that
 * the settings allow. All special ranges are refused, IPv4 addresses written as IPv6 included.
 */
export function decideAddress(
  address: string,
  { encrypted, allowed }: AddressRules & { encrypted: boolean },
): AddressVerdict {
  if (!ipaddr.isValid(address)) return "private_address";
  const parsed = ipaddr.process(address);
  if (allowed.some((range) => contains(range, parsed))) return "usable";
  if (!isPublic(parsed)) return "private_address";
  return encrypted ? "usable" : "plain_http";
}

function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.range() === "unicast" && (address.kind() === "ipv4" || address.match(globalUnicast));
}

function contains(range: string, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  const [network, bits] = ipaddr.parseCIDR(range.includes("/") ? range : `${range}/${addressBits(range)}`);
  return network.kind() === address.kind() && address.match(network, bits);
}

function addressBits(address: string): number {
  return ipaddr.parse(address).kind() === "ipv4" ? 32 : 128;
}

interface ResolvedAddress {
  address: string;
  family: number;
}

/** Resolves a host name; throws if it has no address. */
export type Resolve = (hostname: string) => Promise<ResolvedAddress[]>;

export interface Check extends AddressRules {
  encrypted: boolean;
  resolve: Resolve;
}

/** The addresses of a host that events may be sent to. Throws an `EventFault` if it has no such address. */
export async function usableAddresses(host: string, check: Check): Promise<ResolvedAddress[]> {
  const hostname = host.replace(/^\[|\]$/g, "");
  const family = isIP(hostname);
  const all = family ? [{ address: hostname, family }] : await check.resolve(hostname);
  const checked = all.map((one) => ({ ...one, verdict: decideAddress(one.address, check) }));
  const usable = checked.filter(({ verdict }) => verdict === "usable");
  if (usable.length > 0) return usable.map(({ address, family }) => ({ address, family }));
  throw new EventFault({ kind: "setup", code: addressFault(checked), retryAfterSeconds: null });
}

function addressFault(checked: { verdict: AddressVerdict }[]): string {
  return checked.some(({ verdict }) => verdict === "plain_http") ? "plain_http" : "private_address";
}

/**
 * A DNS lookup that returns only addresses that were checked. A second lookup of the same name may give other
 * addresses (DNS rebinding), so the check has to be part of the lookup that the connection uses.
 */
export function checkedLookup(check: Check): LookupFunction {
  return (hostname, options, callback) => {
    usableAddresses(hostname, check).then(
      (addresses) => {
        const [first] = addresses;
        if (options.all) callback(null, addresses);
        else callback(null, first?.address ?? "", first?.family);
      },
      (fault: NodeJS.ErrnoException) => callback(fault, options.all ? [] : ""),
    );
  };
}
