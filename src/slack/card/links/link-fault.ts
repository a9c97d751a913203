import { buttonAddress } from "../../text/address/button-address.ts";
import { climbs } from "./climbs.ts";
import { linkFields } from "./link-fields.ts";
import { readTemplate } from "./read-template.ts";

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
