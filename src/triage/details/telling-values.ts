import { isIP } from "node:net";
import type { DividerBlock, RichTextBlock, RichTextText } from "@slack/types";
import { oneLine } from "../../slack/text/text.ts";
import type { Part } from "./details-blocks.ts";
import { type JsonNode, pathOf, walk } from "./json.ts";

/** What an analyst looks for first, in this order. */
const tellingKinds = ["People", "IP addresses", "Hosts", "Accounts"] as const;
type TellingKind = (typeof tellingKinds)[number];

const mostOfAKind = 5;
const longestValue = 200;
/** What matters stands near the top of an event; a dialog is waited for. */
const mostLookedAt = 5000;

const email = /^[^\s@<>"]{1,64}@[^\s@<>"]{1,190}\.[^\s@<>".]{2,24}$/;
const whose =
  "(src|dst|source|dest|destination|target|subject|client|server|remote|actor|recipient|aws|cloud)?";
/** Of the last name of a path, or the last two as one: `user.name` and `userName` are the same. */
const names: Record<Exclude<TellingKind, "IP addresses">, RegExp> = {
  People: new RegExp(
    `^${whose}(user|username|userid|userprincipalname|login|samaccountname|actor|principal|principalname)$`,
  ),
  Hosts: new RegExp(
    `^${whose}(host|hostname|device|devicename|computer|computername|machine|machinename|fqdn|instanceid|pod|podname|nodename)$`,
  ),
  Accounts: new RegExp(
    `^${whose}(account|accountid|accountname|tenant|tenantid|subscriptionid|projectid|arn|accesskeyid)$`,
  ),
};

/** The people, addresses, hosts and accounts that an alert names, each once, where it stands first. */
export function tellingValues(parts: readonly Part[]): Record<TellingKind, JsonNode[]> {
  const found: Record<TellingKind, JsonNode[]> = { People: [], "IP addresses": [], Hosts: [], Accounts: [] };
  const seen = new Set<string>();
  let left = mostLookedAt;
  for (const part of parts) {
    for (const node of walk(part.value)) {
      if (left-- === 0) return found;
      const kind = kindOf(node);
      if (!kind || found[kind].length >= mostOfAKind || seen.has(keyOf(node))) continue;
      seen.add(keyOf(node));
      found[kind].push(node);
    }
  }
  return found;
}

function keyOf({ value }: JsonNode): string {
  return String(value).trim().toLowerCase();
}

function kindOf(node: JsonNode): TellingKind | null {
  const { value } = node;
  if (typeof value !== "string" && typeof value !== "number") return null;
  const text = String(value).trim();
  if (text === "" || text.length > longestValue || text.includes("\n")) return null;
  if (email.test(text)) return "People";
  if (isIP(text)) return "IP addresses";
  const [last, two] = lastNames(node);
  return (
    tellingKinds.find(
      (kind) => kind !== "IP addresses" && (names[kind].test(last) || names[kind].test(two)),
    ) ?? null
  );
}

/** The name of a field, and with the one before it; places in lists don't count. */
function lastNames(node: JsonNode): [string, string] {
  const own = nearestNamed(node);
  const before = own?.parent ? nearestNamed(own.parent) : null;
  return [plainName(own), `${plainName(before)}${plainName(own)}`];
}

function nearestNamed(node: JsonNode): JsonNode | null {
  let at: JsonNode | null = node;
  while (at && typeof at.key === "number") at = at.parent;
  return at;
}

function plainName(node: JsonNode | null): string {
  if (typeof node?.key !== "string" || node.key.length > longestValue) return "";
  return node.key.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** Who and what the alert is about, a line for each kind; nothing where it names none. */
export function tellingLines(parts: readonly Part[]): (RichTextBlock | DividerBlock)[] {
  const found = tellingValues(parts);
  const kinds = tellingKinds.filter((kind) => found[kind].length > 0);
  const elements = kinds.flatMap((kind) => [bold(kind), text(`${found[kind].map(named).join(", ")}\n`)]);
  return elements.length > 0
    ? [
        { type: "rich_text", block_id: "telling", elements: [{ type: "rich_text_section", elements }] },
        { type: "divider" },
      ]
    : [];
}

function named(node: JsonNode): string {
  const path = oneLine(pathOf(node), 60);
  const value = oneLine(String(node.value), 100);
  return path ? `${value} (${path})` : value;
}

function bold(words: string): RichTextText {
  return { ...text(`${words}  `), style: { bold: true } };
}

function text(words: string): RichTextText {
  return { type: "text", text: words };
}
