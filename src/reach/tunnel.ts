import http, { type ClientRequestArgs } from "node:http";
import https from "node:https";
import type { Socket } from "node:net";
import { failureCode } from "./failure-code.ts";

/** Calls of Slack have 10 seconds, and the cause should be named before. */
const timeoutMs = 8000;

/**
 * The proxy made no connection, so nothing was sent to the other side. `code` is `PROXY_` with the status that it answered,
 * or with the system's code if the proxy itself can't be reached.
 */
export class ProxyFault extends Error {
  override readonly name = "ProxyFault";
  readonly code: string;
  /** The ways of signing in that the proxy takes, from a 407. */
  readonly schemes: readonly string[];

  constructor(code: string, { schemes = [], ...options }: ErrorOptions & { schemes?: string[] } = {}) {
    super(`the proxy made no connection: ${code}`, options);
    this.code = code;
    this.schemes = schemes;
  }
}

/** Opens a connection through a proxy, by CONNECT. Throws a `ProxyFault`. */
export function openTunnel(proxy: URL, { host, port }: { host: string; port: number }): Promise<Socket> {
  const authority = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  return new Promise((resolve, reject) => {
    const headers = { host: authority, ...credentials(proxy) };
    const asking = requestOf(proxy)({
      ...placeOf(proxy),
      method: "CONNECT",
      path: authority,
      headers,
      agent: false,
    });
    const timer = setTimeout(() => asking.destroy(new DOMException("no answer", "TimeoutError")), timeoutMs);
    asking.once("connect", ({ statusCode = 0, headers: answered }, socket, head) => {
      clearTimeout(timer);
      if (statusCode >= 200 && statusCode < 300) {
        if (head.length > 0) socket.unshift(head);
        return resolve(socket);
      }
      socket.destroy();
      const offered = [answered["proxy-authenticate"] ?? []].flat().map((one) => one.split(" ", 1)[0] ?? "");
      reject(new ProxyFault(`PROXY_${statusCode}`, { schemes: offered }));
    });
    asking.once("error", (cause) => {
      clearTimeout(timer);
      reject(new ProxyFault(`PROXY_${failureCode(cause, "BROKEN").toUpperCase()}`, { cause }));
    });
    asking.end();
  });
}

/** Where the proxy itself listens. */
export function placeOf(proxy: URL): { host: string; port: number } {
  const usual = proxy.protocol === "https:" ? 443 : 80;
  return { host: proxy.hostname.replace(/^\[|\]$/g, ""), port: Number(proxy.port) || usual };
}

/** Makes requests to the proxy itself. */
export function requestOf({ protocol }: URL): typeof https.request {
  return protocol === "https:" ? https.request : http.request;
}

/** The header by which Tocsin signs in at the proxy, if its address names a user. */
export function credentials({ username, password }: URL): Record<string, string> {
  if (!username) return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
}

/** An agent of Node.js whose connections go through a proxy, with TLS inside the tunnel for `https`. */
export function tunnelAgent(
  proxy: URL,
  { scheme, ...options }: https.AgentOptions & { scheme: "https" | "http" },
): http.Agent {
  const agent = scheme === "https" ? new https.Agent(options) : new http.Agent(options);
  const connect = agent.createConnection.bind(agent);
  const createConnection = (
    args: ClientRequestArgs,
    done: (fault: Error | null, stream?: unknown) => void,
  ) => {
    openTunnel(proxy, { host: args.host ?? "localhost", port: Number(args.port) })
      .then((socket) => (scheme === "https" ? connect(Object.assign({}, args, { socket })) : socket))
      .then((stream) => done(null, stream), done);
  };
  return Object.assign(agent, { createConnection });
}
