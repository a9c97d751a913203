import type { z } from "zod";

type Method = "GET" | "POST" | "PUT" | "PATCH";

/** Calls the API. Returns the body parsed by `answer`; throws the API's own text when it refuses. */
export type Api = <T>(
  method: Method,
  path: string,
  options: { body?: unknown; answer: z.ZodType<T> },
) => Promise<T>;

/** The API at an address that ends in `/api/v1`, with headers that authenticate the caller. */
export function apiAt(apiUrl: string, headers: Record<string, string>): Api {
  return async (method, path, { body, answer }) => {
    const response = await fetch(`${apiUrl}${path}`, {
      method,
      headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`);
    return answer.parse(text ? JSON.parse(text) : null);
  };
}

export function withToken(apiUrl: string, token: string): Api {
  return apiAt(apiUrl, { authorization: `Bearer ${token}` });
}
