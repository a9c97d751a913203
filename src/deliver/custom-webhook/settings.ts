import { validateHeaderName, validateHeaderValue } from "node:http";
import type { Refusal } from "../../alert/refusal.ts";
import type { DestinationState } from "../destinations/destination-state.ts";
import { WebhookFault, webhookRemedy } from "../events/event-fault.ts";
import type { WebhookAccess } from "./webhook-access.ts";

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

/**
 * The URL in its normal form, or why it can't be used. An `https://` host that can't be resolved yet is accepted:
 * deliveries wait until it can be, and each connection checks the address again.
 */
export async function checkUrl(webhooks: WebhookAccess, given: string): Promise<string | Refusal> {
  const url = URL.parse(given);
  if (url?.protocol !== "https:" && url?.protocol !== "http:")
    return refused("Enter a full URL, for example https://hooks.example.com/tocsin.");
  if (url.username || url.password)
    return refused(
      "Remove the user name and password, because others can see the URL. Use an Authorization header instead.",
    );
  url.hash = "";
  try {
    await webhooks.check(url);
  } catch (fault) {
    if (fault instanceof WebhookFault) {
      const { means, todo } = webhookRemedy(fault.code, url.host);
      return refused(`${means} ${todo}`);
    }
    if (url.protocol === "http:")
      return refused(
        `${url.host} can't be resolved (DNS). Until it can be, only a URL that begins with https:// is accepted.`,
      );
  }
  return url.href;
}

function refused(why: string): Refusal {
  return { refused: "invalid", field: "url", why };
}

/** The state of a Custom Webhook destination. */
export function webhookState(webhook: {
  enabled: boolean;
  lineFault: string | null;
  url: string;
}): DestinationState {
  const { enabled, lineFault, url } = webhook;
  if (!enabled) return { kind: "disabled" };
  if (!lineFault) return { kind: "ok" };
  const { means, todo } = webhookRemedy(lineFault, new URL(url).host);
  return { kind: "needs_attention", fault: lineFault, remedy: `${means} ${todo}` };
}
