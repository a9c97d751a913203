import { linkFields } from "./link-fields.ts";

/** A part of an address: as it stands, or a field of the alert by the names that lead to it. */
export type TemplatePart = { literal: string } | { field: string };

/** Names joined by dots, list places in brackets or as names: `context.actor.ips[0]`. */
const contextPath = /^context(?=[.[])(?:\.[^.[\]{}]+|\[\d{1,6}\]){1,10}$/;

/** An address in parts; or what in it is no field, braces included. */
export function readTemplate(url: string): TemplatePart[] | { unknown: string } {
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
