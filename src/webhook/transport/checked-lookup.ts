import { isIP, type LookupFunction } from "node:net";
import { type AddressRules, type AddressVerdict, decideAddress } from "../decide-address.ts";
import { WebhookFault } from "../webhook-fault.ts";

export interface ResolvedAddress {
  address: string;
  family: number;
}

/** Asks what addresses a name has; throws if it has none. */
export type Resolve = (hostname: string) => Promise<ResolvedAddress[]>;

interface Check extends AddressRules {
  encrypted: boolean;
  resolve: Resolve;
}

/** The addresses of a host that may be used. Throws a `WebhookFault` if it has only others. */
export async function usableAddresses(host: string, check: Check): Promise<ResolvedAddress[]> {
  const hostname = host.replace(/^\[|\]$/g, "");
  const family = isIP(hostname);
  const all = family ? [{ address: hostname, family }] : await check.resolve(hostname);
  const judged = all.map((one) => ({ ...one, verdict: decideAddress(one.address, check) }));
  const usable = judged.filter(({ verdict }) => verdict === "usable");
  if (usable.length > 0) return usable.map(({ address, family }) => ({ address, family }));
  throw new WebhookFault({ kind: "set-up", code: worst(judged), retryAfterSeconds: null });
}

function worst(judged: { verdict: AddressVerdict }[]): string {
  return judged.some(({ verdict }) => verdict === "plain_http") ? "plain_http" : "private_address";
}

/**
 * A lookup for one connection, that gives it only addresses which were checked: a name that is asked twice may
 * answer differently (DNS rebinding), so the answer that is checked must be the one that is connected to.
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
