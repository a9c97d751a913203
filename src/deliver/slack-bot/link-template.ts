import type { Alert } from "../../alert/alert.ts";
import { buttonAddress } from "../../slack/text/address/button-address.ts";
import { climbs } from "../../slack/card/links/climbs.ts";
import { fieldValue } from "../../slack/card/links/field-value.ts";
import { readTemplate } from "../../slack/card/links/read-template.ts";

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
