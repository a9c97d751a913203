import { connect as connectPlain, isIP, type Socket } from "node:net";
import { connect as connectTls, TLSSocket } from "node:tls";
import { isCertificateFault } from "./certificate-fault.ts";
import { type Explanation, explainFailure } from "./explain-failure.ts";
import { failureCode } from "./failure-code.ts";
import type { Reach } from "./reach.ts";
import { openTunnel } from "./tunnel.ts";

const timeoutMs = 8000;

/** A connection that was only opened, and closed again: nothing was asked there. */
export type Tried = { ok: true; proxy: URL | null } | ({ ok: false } & Explanation);

/** Opens a connection to an address as Tocsin would, with TLS unless its scheme is plain, and says why it can't. */
export async function tryConnection(
  url: URL,
  { proxyOf, ca = null }: Pick<Reach, "proxyOf"> & { ca?: string | null },
): Promise<Tried> {
  // Mail and syslog go through the proxy for https.
  const proxy = proxyOf(url);
  try {
    (await open(url, { proxy, verify: true, ca })).destroy();
    return { ok: true, proxy };
  } catch (fault) {
    const code = failureCode(fault, "unknown");
    const why = explainFailure(code, url.host) ?? {
      means: `${url.host} can't be reached (${code}).`,
      todo: "",
    };
    const issuer = isCertificateFault(code) ? await issuerOf(url, proxy) : null;
    return { ok: false, ...why, means: issuer ? `${why.means} It was issued by “${issuer}”.` : why.means };
  }
}

interface Way {
  proxy: URL | null;
  verify: boolean;
  /** PEM of the only authorities that are trusted; null for those of Node.js. */
  ca?: string | null;
}

async function open(url: URL, { proxy, verify, ca = null }: Way): Promise<Socket> {
  const isTls = !/^(http|ws|smtp):$/.test(url.protocol);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = Number(url.port) || (isTls ? 443 : 80);
  const tunnel = proxy && (await openTunnel(proxy, { host, port }));
  if (tunnel && !isTls) return tunnel;
  return new Promise((resolve, reject) => {
    const name = isIP(host) ? {} : { servername: host };
    const socket = isTls
      ? connectTls({
          ...{ host, port, ...name, rejectUnauthorized: verify },
          ...(tunnel && { socket: tunnel }),
          ...(ca !== null && { ca }),
        })
      : connectPlain({ host, port });
    const timer = setTimeout(() => socket.destroy(new DOMException("no answer", "TimeoutError")), timeoutMs);
    socket.once(isTls ? "secureConnect" : "connect", () => {
      clearTimeout(timer);
      resolve(socket);
    });
    socket.once("error", (fault) => {
      clearTimeout(timer);
      reject(fault);
    });
  });
}

/** Who issued the certificate that was not accepted; null if that can't be told. Nothing is sent over this connection. */
async function issuerOf(url: URL, proxy: URL | null): Promise<string | null> {
  try {
    const socket = await open(url, { proxy, verify: false });
    const issuer = socket instanceof TLSSocket ? socket.getPeerCertificate().issuer : undefined;
    socket.destroy();
    return [issuer?.CN ?? issuer?.O ?? []].flat()[0] ?? null;
  } catch {
    return null;
  }
}
