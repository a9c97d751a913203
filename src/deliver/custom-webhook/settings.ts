import { validateHeaderName, validateHeaderValue } from "node:http";
import type { Refusal } from "../../alert/refusal.ts";
import type { DestinationState } from "../destinations/destination-state.ts";
import { WebhookFault, webhookRemedy } from "../events/event-fault.ts";
import type { WebhookAccess } from "./webhook-access.ts";

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

/**
 * The address in its normal form, or why it can't be used. A name that has no address yet is taken: deliveries
 * wait until it has one, and each connection checks for itself where it leads.
 */
export async function checkUrl(webhooks: WebhookAccess, given: string): Promise<string | Refusal> {
  const url = URL.parse(given);
  if (url?.protocol !== "https:" && url?.protocol !== "http:")
    return refused("Give a whole address, as https://hooks.example.com/tocsin.");
  if (url.username || url.password)
    return refused("Put the user and password into an Authorization header: addresses are shown to others.");
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
        `${url.host} has no address yet, and only an address that begins with https:// is taken unseen.`,
      );
  }
  return url.href;
}

function refused(why: string): Refusal {
  return { refused: "invalid", field: "url", why };
}

/** How a Custom Webhook stands. */
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
