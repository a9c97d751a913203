import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** The proxies for what leaves Tocsin; null where there is none. */
export interface Proxies {
  /** For https, wss and other TLS. */
  https: URL | null;
  /** For http and ws. */
  http: URL | null;
  /** What is reached without a proxy. */
  exceptions: readonly Exception[];
}

/** A part of NO_PROXY: everything, a name with what is below it, or a range of addresses; of one port or of all. */
export type Exception = { port: number | null } & (
  | { kind: "all" }
  | { kind: "name"; name: string }
  | { kind: "range"; range: Range }
);

type Range = ReturnType<typeof ipaddr.parseCIDR>;

export const noProxies: Proxies = { https: null, http: null, exceptions: [] };

/** Parses the address of a proxy; undefined if it is none. Without a scheme it is http, as curl reads it. */
export function parseProxy(text: string): URL | undefined {
  const url = URL.parse(text.includes("://") ? text : `http://${text}`);
  const isProxy = url && /^https?:$/.test(url.protocol) && url.hostname && /^\/?$/.test(url.pathname);
  return isProxy && !url.search && !url.hash ? url : undefined;
}

/** Parses NO_PROXY: names, addresses and ranges separated by commas or spaces, each with a port if wanted. */
export function parseExceptions(text: string): Exception[] | undefined {
  const all = text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(parseException);
  const known = all.filter((one) => one !== undefined);
  return known.length === all.length ? known : undefined;
}

function parseException(text: string): Exception | undefined {
  if (text === "*") return { kind: "all", port: null };
  const [, inBrackets, bare, digits] =
    /^(?:\[([^\]]+)\]|([^[\]]*?))(?::(\d{1,5}))?$/.exec(withoutPort(text)) ?? [];
  const host = inBrackets ?? bare;
  if (!host) return undefined;
  const port = digits === undefined ? null : Number(digits);
  const range = toRange(host);
  if (range) return { kind: "range", range, port };
  const name = host.replace(/^\*?\.+/, "").replace(/\.$/, "");
  return /^[\w-]+(\.[\w-]+)*$/.test(name) ? { kind: "name", name, port } : undefined;
}

/** An IPv6 address without brackets has colons, but no port. */
function withoutPort(text: string): string {
  return text.split(":").length > 2 && !text.startsWith("[") ? `[${text}]` : text;
}

function toRange(text: string): Range | null {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  if (isIP(text) === 0) return null;
  const address = ipaddr.process(text);
  return [address, address.kind() === "ipv4" ? 32 : 128];
}

/** The proxy through which an address is reached; null for none. This machine is never reached through one. */
export function proxyFor(url: URL, { https, http, exceptions }: Proxies): URL | null {
  const isTls = url.protocol !== "http:" && url.protocol !== "ws:";
  const proxy = isTls ? https : http;
  if (proxy === null) return null;
  const host = url.hostname
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "")
    .toLowerCase();
  const port = Number(url.port) || (isTls ? 443 : 80);
  return isLocal(host) || exceptions.some((one) => covers(one, { host, port })) ? null : proxy;
}

function isLocal(host: string): boolean {
  if (isIP(host)) return ipaddr.process(host).range() === "loopback";
  return host === "localhost" || host.endsWith(".localhost");
}

function covers(exception: Exception, { host, port }: { host: string; port: number }): boolean {
  if (exception.port !== null && exception.port !== port) return false;
  switch (exception.kind) {
    case "all":
      return true;
    case "name":
      return host === exception.name || host.endsWith(`.${exception.name}`);
    case "range": {
      if (isIP(host) === 0) return false;
      const address = ipaddr.process(host);
      const [network, bits] = exception.range;
      return network.kind() === address.kind() && address.match(network, bits);
    }
    default:
      return exception satisfies never;
  }
}
