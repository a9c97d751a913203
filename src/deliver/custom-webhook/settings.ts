import { validateHeaderName, validateHeaderValue } from "node:http";
import type { Refusal } from "../../alert/refusal.ts";

/** Names that the request itself decides, in lower case. */
const ours = new Set([
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
 * The headers that a webhook has after a change: those of `wanted`, of which an empty one keeps its value. Names
 * count without regard to case.
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
    const wrong = seen.has(lower) ? `${name} is given twice.` : whatIsWrong(name, value);
    if (wrong) return { refused: "invalid", field: "headers", why: wrong };
    seen.add(lower);
    headers.push([name, value]);
  }
  return Object.fromEntries(headers);
}

function whatIsWrong(name: string, value: string): string | null {
  if (!isValid(() => validateHeaderName(name))) return "A header has a name that HTTP doesn't allow.";
  const lower = name.toLowerCase();
  if (ours.has(lower) || lower.startsWith("x-tocsin-")) return `${name} is set by Tocsin itself.`;
  if (value === "") return `${name} has no value.`;
  return isValid(() => validateHeaderValue(name, value))
    ? null
    : `${name} has a value that HTTP doesn't allow.`;
}

function isValid(validate: () => void): boolean {
  try {
    validate();
    return true;
  } catch {
    return false;
  }
}
