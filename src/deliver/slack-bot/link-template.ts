import type { Alert } from "../../alert/alert.ts";
import { buttonAddress } from "../../slack/text/addresses.ts";

/** Slack's limit for a button's address. What is longer could only be cut, and would lead elsewhere. */
const longestAddress = 3000;

/**
 * The address of a link button for an alert; null where the button is to be hidden: a field has no value, the
 * address became too long, or a value would lead to another place than the template says.
 */
export function fillLink(template: string, alert: Alert): string | null {
  const parts = readTemplate(template);
  if ("unknown" in parts) return null;
  let filled = "";
  for (const part of parts) {
    const value = "literal" in part ? part.literal : encoded(fieldValue(alert, part.field));
    if (value === null || filled.length + value.length > longestAddress) return null;
    filled += value;
  }
  if (climbs(filled) || originOf(filled) !== originOf(template)) return null;
  return buttonAddress(filled);
}

/** Every character that means something in an address is encoded, those of RFC 3986 that JavaScript leaves too. */
function encoded(value: string | null): string | null {
  if (value === null || value.length > longestAddress) return null;
  return encodeURIComponent(value.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function originOf(address: string): string | undefined {
  return URL.parse(address.replace(/\{[^{}]*\}/g, "x"))?.origin;
}

/** Whether a browser would go up a folder, or stay where it is: at `..` and `.`, however their dots are written. */
function climbs(address: string): boolean {
  const [path = ""] = address.split(/[?#]/);
  return path.split(/[/\\]/).some((segment) => /^(\.|%2e){1,2}$/i.test(segment));
}

/** What the alert says where a field points; null where nothing stands that could be written into an address. */
function fieldValue(alert: Alert, field: string): string | null {
  const own = Object.hasOwn(linkFields, field) ? linkFields[field]?.(alert) : undefined;
  const value = own ?? valueAt(alert.context, namesIn(field).slice(1));
  if (typeof value === "boolean" || Number.isFinite(value)) return String(value);
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

function namesIn(path: string): string[] {
  return path.replace(/\[(\d+)\]/g, ".$1").split(".");
}

/** Tools write `host.name` as one key, too: the shorter key goes first. */
function valueAt(value: unknown, names: readonly string[]): unknown {
  if (names.length === 0) return value;
  if (typeof value !== "object" || value === null) return undefined;
  for (let taken = 1; taken <= names.length; taken++) {
    const key = names.slice(0, taken).join(".");
    if (Array.isArray(value) && !/^\d+$/.test(key)) return undefined;
    const inner: unknown = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
    const found = valueAt(inner, names.slice(taken));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What an address may name besides `context.…`, and what stands there then; an empty text is no value. */
const linkFields: Record<string, (alert: Alert) => string> = {
  id: ({ id }) => id,
  number: ({ number }) => String(number),
  title: ({ title }) => title,
  severity: ({ severity }) => severity,
  type: ({ type }) => type,
  source: ({ source }) => source.name,
  detection: ({ detection }) => detection.name ?? detection.id,
  "detection.id": ({ detection }) => detection.id,
  dedupString: ({ dedupString }) => dedupString,
  logType: ({ logTypes }) => logTypes[0] ?? "",
  time: ({ firstEventOccurredAt }) => firstEventOccurredAt.toISOString(),
  lastTime: ({ lastReceivedEventAt }) => lastReceivedEventAt.toISOString(),
};

const known = `${Object.keys(linkFields)
  .map((name) => `{${name}}`)
  .join(", ")} and {context.…} with a path, as {context.actor.ips[0]}`;

/** Why this can't be the address of a link button, in words; null when it can. */
export function linkFault(url: string): string | null {
  if (!/^https?:\/\//i.test(url)) return "begin with https:// or http://";
  if (/[{}]/.test(hostOf(url)))
    return "scheme, host and port must be the same for every alert; name fields in the path or after it";
  const parts = readTemplate(url);
  if ("unknown" in parts) return `there is no field ${parts.unknown}; there are ${known}`;
  const literal = parts.map((part) => ("literal" in part ? part.literal : "x")).join("");
  if (/[\s\p{C}]/u.test(literal)) return "write %20 for a space; what can't be seen doesn't belong here";
  const address = URL.parse(literal);
  if (!address) return "no browser could open this address";
  if (address.username || address.password)
    return "leave out user name and password: everybody in the channel could read them";
  if (climbs(literal)) return "leave out the steps . and .., which browsers take at once";
  return buttonAddress(literal) ? null : "Slack shows no button that leads to a host without a dot";
}

/** Up to where a browser sees the path begin: it takes a backslash for a slash. */
function hostOf(url: string): string {
  return /^https?:\/\/([^/?#\\]*)/i.exec(url)?.[1] ?? "";
}

/** A part of an address: as it stands, or a field of the alert by the names that lead to it. */
type TemplatePart = { literal: string } | { field: string };

/** Names joined by dots, list places in brackets or as names: `context.actor.ips[0]`. */
const contextPath = /^context(?=[.[])(?:\.[^.[\]{}]+|\[\d{1,6}\]){1,10}$/;

/** An address in parts; or what in it is no field, braces included. */
function readTemplate(url: string): TemplatePart[] | { unknown: string } {
  const parts: TemplatePart[] = [];
  for (const piece of url.split(/(\{[^{}]*\})/)) {
    const name = /^\{(.*)\}$/s.exec(piece)?.[1]?.trim();
    if (name === undefined) {
      const stray = /[{}].*/s.exec(piece)?.[0];
      if (stray !== undefined) return { unknown: stray };
      if (piece !== "") parts.push({ literal: piece });
    } else if (Object.hasOwn(linkFields, name) || contextPath.test(name)) parts.push({ field: name });
    else return { unknown: piece };
  }
  return parts;
}
