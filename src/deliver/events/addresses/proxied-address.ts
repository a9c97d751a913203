import { isIP } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { EventFault } from "../event-fault.ts";
import { type Check, decideAddress } from "./usable-addresses.ts";

/** Behind a proxy many machines can't resolve names from outside, and find that out slowly. */
const resolveMs = 2000;

/** Names that are never public (RFC 6761, 6762, 8375 and ICANN's `internal`), and those without a dot. */
const privateNames = /^[^.]+$|\.(localhost|local|internal|home\.arpa|intranet|lan|corp)$/;

/**
 * Decides whether an event may be sent to a host through a proxy. The proxy connects, to an address that Tocsin can't choose,
 * so all addresses that Tocsin finds have to be usable. A name that it can't resolve is judged as a name, and left to the
 * proxy. Throws an `EventFault`.
 */
export async function checkProxied(host: string, check: Check): Promise<void> {
  const hostname = host.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  const addresses = isIP(hostname) ? [hostname] : await addressesOf(hostname, check);
  const verdicts = addresses.map((address) => decideAddress(address, check));
  if (addresses.length === 0) verdicts.push(decideName(hostname, check));
  const refused =
    verdicts.find((verdict) => verdict === "private_address") ?? verdicts.find((one) => one !== "usable");
  if (refused) throw new EventFault({ kind: "setup", code: refused });
}

/** Empty if it can't be resolved here. */
async function addressesOf(hostname: string, { resolve }: Check): Promise<string[]> {
  const timer = new AbortController();
  const late = sleep(resolveMs, [], { signal: timer.signal }).catch(() => []);
  const found = resolve(hostname).then(
    (all) => all.map(({ address }) => address),
    () => [],
  );
  return Promise.race([found, late]).finally(() => timer.abort());
}

/** Which private network a name is in can't be told, so only permission for all of them permits it. */
function decideName(hostname: string, { encrypted, allowed }: Check): ReturnType<typeof decideAddress> {
  if (allowed.includes("0.0.0.0/0") && allowed.includes("::/0")) return "usable";
  if (privateNames.test(hostname.toLowerCase())) return "private_address";
  return encrypted ? "usable" : "plain_http";
}
