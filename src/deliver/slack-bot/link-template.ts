import { type Alert, detectionLabel } from "../../alert/alert.ts";
import { buttonAddress } from "../../slack/text/addresses.ts";

/** Slack's limit for a button's URL. A cut URL would lead elsewhere, so a longer one is not used. */
const maxUrlLength = 3000;

/**
 * The URL of a link button for an alert. Null hides the button: a field has no value, the URL is too long, or a
 * value would change where the template leads.
 */
export function fillLink(template: string, alert: Alert): string | null {
  const parts = readTemplate(template);
  if ("unknown" in parts) return null;
  let filled = "";
  for (const part of parts) {
    const value = "literal" in part ? part.literal : encoded(fieldValue(alert, part.field));
    if (value === null || filled.length + value.length > maxUrlLength) return null;
    filled += value;
  }
  if (hasDotSegment(filled) || originOf(filled) !== originOf(template)) return null;
  return buttonAddress(filled);
}

/** Encodes all reserved characters of RFC 3986; `encodeURIComponent` leaves some of them. */
function encoded(value: string | null): string | null {
  if (value === null || value.length > maxUrlLength) return null;
  return encodeURIComponent(value.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function originOf(address: string): string | undefined {
  return URL.parse(address.replace(/\{[^{}]*\}/g, "x"))?.origin;
}

/** Whether the path has a segment `.` or `..`, encoded or not, which browsers resolve. */
function hasDotSegment(address: string): boolean {
  const [path = ""] = address.split(/[?#]/);
  return path.split(/[/\\]/).some((segment) => /^(\.|%2e){1,2}$/i.test(segment));
}

/** The value of a field as text; null if there is none that fits into a URL. */
function fieldValue(alert: Alert, field: string): string | null {
  const own = Object.hasOwn(linkFields, field) ? linkFields[field]?.(alert) : undefined;
  const value = own ?? valueAt(alert.context, pathNames(field).slice(1));
  if (typeof value === "boolean" || Number.isFinite(value)) return String(value);
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

function pathNames(path: string): string[] {
  return path.replace(/\[(\d+)\]/g, ".$1").split(".");
}

/** Some tools use `host.name` as one key; the shortest key that leads to a value wins. */
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

/** The fields besides `context.…`, with their values; an empty text counts as no value. */
const linkFields: Record<string, (alert: Alert) => string> = {
  id: ({ id }) => id,
  number: ({ number }) => String(number),
  title: ({ title }) => title,
  severity: ({ severity }) => severity,
  type: ({ type }) => type,
  source: ({ source }) => source.name,
  detection: detectionLabel,
  "detection.id": ({ detection }) => detection?.id ?? "",
  dedupString: ({ dedupString }) => dedupString,
  logType: ({ logTypes }) => logTypes[0] ?? "",
  time: ({ firstEventOccurredAt }) => firstEventOccurredAt.toISOString(),
  lastTime: ({ lastReceivedEventAt }) => lastReceivedEventAt.toISOString(),
};

const knownFields = `${Object.keys(linkFields)
  .map((name) => `{${name}}`)
  .join(", ")} and {context.…} with a path, for example {context.actor.ips[0]}`;

/** Why this can't be the URL of a link button; null if it can. */
export function linkFault(url: string): string | null {
  if (!/^https?:\/\//i.test(url)) return "must begin with https:// or http://";
  if (/[{}]/.test(hostOf(url)))
    return "scheme, host and port must be the same for every alert; use fields in the path or after it";
  const parts = readTemplate(url);
  if ("unknown" in parts) return `there is no field ${parts.unknown}; the fields are ${knownFields}`;
  const literal = parts.map((part) => ("literal" in part ? part.literal : "x")).join("");
  if (/[\s\p{C}]/u.test(literal))
    return "must not contain spaces or invisible characters; write %20 for a space";
  const address = URL.parse(literal);
  if (!address) return "not a valid URL";
  if (address.username || address.password)
    return "must not contain a user name or password; everybody in the channel could read them";
  if (hasDotSegment(literal)) return "must not contain the segments . and .., which browsers resolve";
  return buttonAddress(literal) ? null : "the host must contain a dot; Slack hides buttons to any other host";
}

/** Everything before the path. Browsers treat a backslash as a slash. */
function hostOf(url: string): string {
  return /^https?:\/\/([^/?#\\]*)/i.exec(url)?.[1] ?? "";
}

/** A part of a template: literal text, or the path of a field. */
type TemplatePart = { literal: string } | { field: string };

/** Names joined by dots; list indexes in brackets or as names: `context.actor.ips[0]`. */
const contextPath = /^context(?=[.[])(?:\.[^.[\]{}]+|\[\d{1,6}\]){1,10}$/;

/** Splits a template into its parts; `unknown` is a part in braces that is no field, or a stray brace. */
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
