import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

type Body = Readonly<Record<string, unknown>>;

/** A running Tocsin, called with an API token. */
export interface Api {
  /** The answer's body. Throws a `RefusedCall` if Tocsin refuses, an Error if it gives no answer of its own. */
  call(method: Method, path: string, body?: Body): Promise<unknown>;
  /** All things of a list. */
  list(path: string): Promise<unknown[]>;
}

/** Tocsin refused a call: nothing was changed by it. */
export class RefusedCall extends Error {
  override readonly name = "RefusedCall";
}

const problemBody = z.object({ detail: z.string() });
const pageBody = z.object({ results: z.array(z.unknown()), next: z.string().nullable() });

const timeoutMs = 60_000;
/** An apply of hundreds of things goes over the limit of heavy calls. */
const maxWaits = 20;

export function openApi(url: string, token: string): Api {
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ""))
    throw new Error(`--url ${url} is not an address. Write https://…`);
  const base = `${url.replace(/\/+$/, "")}/api/v1`;
  const call: Api["call"] = async (method, path, body) => {
    for (let waits = 0; ; waits++) {
      const response = await send(method, `${base}${path}`, { token, body });
      const seconds = Number(response.headers.get("retry-after"));
      if (response.status !== 429 || waits >= maxWaits || !(seconds > 0 && seconds <= 60))
        return read(response, base);
      await sleep(seconds * 1000);
    }
  };
  return {
    call,
    async list(path) {
      const found: unknown[] = [];
      for (let cursor: string | null = ""; cursor !== null; ) {
        const query: string = `${path.includes("?") ? "&" : "?"}limit=50${cursor && `&cursor=${cursor}`}`;
        const { results, next } = pageBody.parse(await call("GET", `${path}${query}`));
        found.push(...results);
        cursor = next;
      }
      return found;
    },
  };
}

async function send(
  method: Method,
  url: string,
  { token, body }: { token: string; body: Body | undefined },
): Promise<Response> {
  const headers = {
    authorization: `Bearer ${token}`,
    ...(body && { "content-type": "application/json" }),
  };
  const signal = AbortSignal.timeout(timeoutMs);
  // A redirect could turn a change into a read, so it is an answer that is not Tocsin's.
  const request = {
    method,
    headers,
    signal,
    redirect: "manual",
    ...(body && { body: JSON.stringify(body) }),
  } as const;
  return fetch(url, request).catch((cause) => {
    throw new Error(`${url} did not answer. Check --url, and whether Tocsin is running.`, { cause });
  });
}

async function read(response: Response, base: string): Promise<unknown> {
  if (response.status === 204) return null;
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok && body !== undefined) return body;
  const refusal = problemBody.safeParse(body);
  if (refusal.success) throw new RefusedCall(refusal.data.detail);
  throw new Error(`${base} answered ${response.status}, but not as Tocsin does. Check --url.`);
}
