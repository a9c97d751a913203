import { isIP } from "node:net";
import { cut, escapeText } from "./text.ts";

/** Slack allows 3,000 characters for a whole mrkdwn text; a longer address is shown as text. */
const longestLink = 2000;

/**
 * mrkdwn of a link, when the text as a whole is one http(s) address; else null. Slack shows the address
 * without its scheme, host first, so that nobody is sent elsewhere than it says: IDN hosts in their xn--
 * form, no user info, and the host alone where the path holds characters that mrkdwn formats.
 */
export function webLink(text: string): string | null {
  const url = URL.parse(text.trim());
  if (!url || /\s/.test(text.trim())) return null;
  if (!["http:", "https:"].includes(url.protocol) || url.username || url.password) return null;
  if (!/^([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d+)?$/.test(url.host)) return null;
  const target = escapeText(url.href.replace(/[<>|"`]/g, (character) => encodeURIComponent(character)));
  if (target.length > longestLink) return null;
  const path = url.pathname === "/" ? "" : url.pathname;
  const shown = /[*_~`|<>]/.test(path) ? `${url.host}/…` : cut(`${url.host}${path}`, 100);
  return `<${target}|${escapeText(shown)}>`;
}

/**
 * The address as a button may carry it; null where Slack would hide the button or refuse it: it takes only
 * http(s) with a host that has a dot or is an IP address, which `http://localhost:4000` is not.
 */
export function buttonAddress(address: string): string | null {
  const url = URL.parse(address);
  if (!url || !["http:", "https:"].includes(url.protocol) || url.href.length > 3000) return null;
  const isAddress = isIP(url.hostname.replace(/^\[|\]$/g, "")) !== 0;
  return isAddress || url.hostname.includes(".") ? url.href : null;
}
