import { isIP } from "node:net";
import type { Button } from "@slack/types";
import { cut, escapeText, oneLine, plain } from "./text.ts";

/** Slack allows 3,000 characters for a whole mrkdwn text; a longer address is shown as text. */
const maxLinkLength = 2000;

/**
 * A mrkdwn link if the whole text is one http(s) address; else null. Without a `label`, which is for Tocsin's own
 * addresses only, it shows where it leads: IDN hosts in their xn-- form, no user info, and only the host if the path holds
 * characters that mrkdwn formats.
 */
export function webLink(text: string, label?: string): string | null {
  const url = URL.parse(text.trim());
  if (!url || /\s/.test(text.trim())) return null;
  if (!["http:", "https:"].includes(url.protocol) || url.username || url.password) return null;
  if (!/^([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d+)?$/.test(url.host)) return null;
  const target = escapeText(url.href.replace(/[<>|"`]/g, (character) => encodeURIComponent(character)));
  if (target.length > maxLinkLength) return null;
  const path = url.pathname === "/" ? "" : url.pathname;
  const shown = /[*_~`|<>]/.test(path) ? `${url.host}/…` : cut(`${url.host}${path}`, 100);
  return `<${target}|${escapeText(label ?? shown)}>`;
}

/**
 * The address for a link button; null if Slack would hide or refuse the button. Slack takes only http(s) with a host
 * that has a dot or is an IP address, unlike `http://localhost:4000`.
 */
export function buttonAddress(address: string): string | null {
  const url = URL.parse(address);
  if (!url || !["http:", "https:"].includes(url.protocol) || url.href.length > 3000) return null;
  const isAddress = isIP(url.hostname.replace(/^\[|\]$/g, "")) !== 0;
  return isAddress || url.hostname.includes(".") ? url.href : null;
}

/** A link button, or none if Slack would hide it. Slack sends a click on it too, which needs no handler. */
export function linkButtons(actionId: string, label: string, address: string): Button[] {
  const url = buttonAddress(address);
  const text = plain(oneLine(label, 75), 75);
  return url ? [{ type: "button", action_id: actionId, text, url }] : [];
}
