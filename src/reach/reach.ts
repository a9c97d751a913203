import type http from "node:http";
import https from "node:https";
import { type Proxies, proxyFor } from "./proxies.ts";
import { credentials, placeOf, requestOf, tunnelAgent } from "./tunnel.ts";

/** How Tocsin reaches what is outside. */
export interface Reach {
  /** The proxy through which an address is reached; null for none. */
  proxyOf(url: URL): URL | null;
  /** Sends a request and keeps the connection for the next. Rejects as `fetch` does, or with a `ProxyFault`. */
  fetch: Fetch;
  /** The agent for a WebSocket; undefined without a proxy. */
  agentFor(url: URL): http.Agent | undefined;
}

export type Fetch = (url: string | URL, init: FetchInit) => Promise<Response>;

export interface FetchInit {
  method: string;
  headers?: Record<string, string>;
  body?: string;
  /** Redirects are never followed: an answer that redirects is an error, or the answer. */
  redirect: "error" | "manual";
  signal?: AbortSignal | undefined;
}

/** As long as Node's own `fetch` keeps an idle connection. */
const idleMs = 4000;

/** Opens the ways out, through the proxies for the addresses that have one. */
export function openReach(proxies: Proxies): Reach {
  const keeping = { keepAlive: true, timeout: idleMs };
  const tls = proxies.https && tunnelAgent(proxies.https, { scheme: "https", ...keeping });
  const plain = proxies.http && tunnelAgent(proxies.http, { scheme: "http" });
  const proxyOf = (url: URL) => proxyFor(url, proxies);
  return {
    proxyOf,
    fetch(address, init) {
      const url = new URL(address);
      const proxy = proxyOf(url);
      return proxy ? fetchThrough(url, { proxy, agent: tls, ...init }) : fetch(url, init);
    },
    agentFor(url) {
      if (proxyOf(url) === null) return undefined;
      return (url.protocol === "wss:" ? tls : plain) ?? undefined;
    },
  };
}

interface Through {
  proxy: URL;
  /** The agent for https; null for a new connection. */
  agent?: http.Agent | null;
}

/**
 * Begins a request through a proxy: in a tunnel for https. Plain http is asked of the proxy itself, since many make tunnels
 * only to port 443.
 */
export function requestThrough(
  url: URL,
  { proxy, agent, ...options }: Omit<https.RequestOptions, "agent"> & Through,
  answered: (response: http.IncomingMessage) => void,
): http.ClientRequest {
  if (url.protocol === "https:")
    return https.request(
      url,
      { ...options, agent: agent ?? tunnelAgent(proxy, { scheme: "https" }) },
      answered,
    );
  const headers = { ...options.headers, host: url.host, ...credentials(proxy) };
  return requestOf(proxy)({ ...options, ...placeOf(proxy), path: url.href, headers, agent: false }, answered);
}

function fetchThrough(url: URL, { body = "", redirect, ...options }: FetchInit & Through): Promise<Response> {
  const headers = { ...options.headers, ...(body && { "content-length": `${Buffer.byteLength(body)}` }) };
  return new Promise((resolve, reject) => {
    const sending = requestThrough(url, { ...options, headers }, (answer) => {
      const { statusCode: status = 0 } = answer;
      if (redirect === "manual" || status < 300 || status >= 400) return resolve(toResponse(answer, status));
      answer.destroy();
      reject(new TypeError("the answer is a redirect"));
    });
    sending.on("error", (fault) => reject(options.signal?.aborted ? options.signal.reason : fault));
    sending.end(body);
  });
}

function toResponse(answer: http.IncomingMessage, status: number): Response {
  const headers = new Headers();
  for (const [name, values] of Object.entries(answer.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  const hasBody = status !== 204 && status !== 205 && status !== 304;
  if (!hasBody) answer.resume();
  return new Response(hasBody ? bodyOf(answer) : null, { status, headers });
}

function bodyOf(answer: http.IncomingMessage): ReadableStream<Uint8Array> {
  const pieces = answer[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => void answer.destroy(),
  });
}
