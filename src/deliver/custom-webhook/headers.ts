import { validateHeaderName, validateHeaderValue } from "node:http";
import type { Refusal } from "../../alert/refusal.ts";

/** Header names that Tocsin or HTTP sets, in lower case. */
const reservedHeaders = new Set([
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "expect",
  "host",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "user-agent",
]);

/**
 * The headers of a webhook after a change: those of `wanted`, where an empty value keeps the stored one. Names are
 * compared regardless of case.
 */
export function decideHeaders(
  wanted: Record<string, string>,
  stored: Record<string, string>,
): Record<string, string> | Refusal {
  const kept = new Map(Object.entries(stored).map(([name, value]) => [name.toLowerCase(), value]));
  const seen = new Set<string>();
  const headers: [string, string][] = [];
  for (const [name, given] of Object.entries(wanted)) {
    const lower = name.toLowerCase();
    const value = given || kept.get(lower) || "";
    const fault = seen.has(lower) ? `${name} is given twice.` : headerFault(name, value);
    if (fault) return { refused: "invalid", field: "headers", why: fault };
    seen.add(lower);
    headers.push([name, value]);
  }
  return Object.fromEntries(headers);
}

function headerFault(name: string, value: string): string | null {
  if (!isValid(() => validateHeaderName(name)))
    return "A header name has characters that HTTP doesn't allow.";
  const lower = name.toLowerCase();
  if (reservedHeaders.has(lower) || lower.startsWith("x-tocsin-")) return `${name} is set by Tocsin.`;
  if (value === "") return `${name} has no value.`;
  return isValid(() => validateHeaderValue(name, value))
    ? null
    : `The value of ${name} has characters that HTTP doesn't allow.`;
}

function isValid(validate: () => void): boolean {
  try {
    validate();
    return true;
  } catch {
    return false;
  }
}
