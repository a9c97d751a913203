import type { CustomFetch } from "openid-client";
import type { Fetch } from "../../reach/reach.ts";

/** Seconds for a request to the provider and its answer. */
export const timeoutSeconds = 10;

/** Discovery documents and keys have some 10 KB. */
const maxBytes = 1024 * 1024;

/** The library passes on only TypeErrors as they are. */
class TooLarge extends TypeError {
  readonly code = "too_large";
}

/** Fetches from the provider without following redirects. Throws if the answer is larger than 1 MiB. */
export function limitedFetch(fetch: Fetch): CustomFetch {
  return async (url, { method, headers, body, signal }) => {
    const response = await fetch(url, {
      method,
      headers,
      redirect: "manual",
      // Nothing else is sent to a token endpoint; the library has set the content type.
      ...(body instanceof URLSearchParams && { body: body.toString() }),
      signal: signal ?? undefined,
    });
    const text = await readAtMost(response, maxBytes);
    const status = saysNotOk(text) && response.ok ? 400 : response.status;
    return new Response(text || null, { status, headers: response.headers });
  };
}

async function readAtMost(response: Response, limit: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > limit) throw new TooLarge(`The answer is larger than ${limit} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** Slack says what it refuses with status 200, as {"ok": false, "error": "invalid_code"}. */
function saysNotOk(text: string): boolean {
  return /^\s*\{\s*"ok"\s*:\s*false\b/.test(text);
}
