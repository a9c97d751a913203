import { isIP } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import type { Reach } from "../../reach/reach.ts";
import { openTunnel } from "../../reach/tunnel.ts";
import { checkProxied } from "./addresses/proxied-address.ts";
import { type Check, checkedLookup, usableAddresses } from "./addresses/usable-addresses.ts";
import { EventFault } from "./event-fault.ts";
import { classifyFailure } from "./post.ts";

export interface TlsAddress {
  host: string;
  port: number;
  /** PEM of the only authorities that are trusted; null for those of Node.js. */
  ca: string | null;
}

/**
 * Opens a TLS connection by the rules for events: the address is checked while it is connected to, and the certificate has
 * to be of the host. Throws an `EventFault`.
 */
export async function connectTls(
  { host, port, ca }: TlsAddress,
  rules: Omit<Check, "encrypted"> & { timeoutMs: number; proxyOf: Reach["proxyOf"] },
): Promise<TLSSocket> {
  const check = { ...rules, encrypted: true };
  const proxy = rules.proxyOf(new URL(`https://${isIP(host) === 6 ? `[${host}]` : host}:${port}`));
  try {
    if (proxy) await checkProxied(host, check);
    // Node.js does no lookup for an IP address, so `checkedLookup` would not run.
    else if (isIP(host)) await usableAddresses(host, check);
    const tunnel = proxy && (await openTunnel(proxy, { host, port }));
    return await new Promise((resolve, reject) => {
      const socket = connect({
        host,
        port,
        lookup: checkedLookup(check),
        ...(tunnel && { socket: tunnel }),
        minVersion: "TLSv1.2",
        ...(!isIP(host) && { servername: host }),
        ...(ca !== null && { ca }),
      });
      socket.setTimeout(rules.timeoutMs, () => {
        socket.destroy(new EventFault({ kind: "passing", code: "timeout" }));
      });
      socket.once("error", reject);
      socket.once("secureConnect", () => {
        socket.off("error", reject);
        resolve(socket);
      });
    });
  } catch (error) {
    throw classifyFailure(error);
  }
}
