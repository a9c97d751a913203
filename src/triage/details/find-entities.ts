import { isIP } from "node:net";
import type { DividerBlock, RichTextBlock, RichTextText } from "@slack/types";
import { oneLine } from "../../slack/text/text.ts";
import type { Part } from "./details-blocks.ts";
import { type JsonNode, pathOf, walk } from "./json.ts";

/** The entities that an analyst looks for first, in this order. */
const entityKinds = ["People", "IP addresses", "Hosts", "Accounts"] as const;
type EntityKind = (typeof entityKinds)[number];

const maxPerKind = 5;
const maxValueLength = 200;
/** Entities are near the top of an event, and a person is waiting for the dialog. */
const maxSearched = 5000;

const email = /^[^\s@<>"]{1,64}@[^\s@<>"]{1,190}\.[^\s@<>".]{2,24}$/;
const rolePrefix =
  "(src|dst|source|dest|destination|target|subject|client|server|remote|actor|recipient|aws|cloud)?";
/** Patterns for the last name of a path, or the last two joined, so `user.name` and `userName` are the same. */
const namePatterns: Record<Exclude<EntityKind, "IP addresses">, RegExp> = {
  People: new RegExp(
    `^${rolePrefix}(user|username|userid|userprincipalname|login|samaccountname|actor|principal|principalname)$`,
  ),
  Hosts: new RegExp(
    `^${rolePrefix}(host|hostname|device|devicename|computer|computername|machine|machinename|fqdn|instanceid|pod|podname|nodename)$`,
  ),
  Accounts: new RegExp(
    `^${rolePrefix}(account|accountid|accountname|tenant|tenantid|subscriptionid|projectid|arn|accesskeyid)$`,
  ),
};

/** The people, IP addresses, hosts and accounts in an alert, each once, at its first path. */
export function findEntities(parts: readonly Part[]): Record<EntityKind, JsonNode[]> {
  const found: Record<EntityKind, JsonNode[]> = { People: [], "IP addresses": [], Hosts: [], Accounts: [] };
  const seen = new Set<string>();
  let left = maxSearched;
  for (const part of parts) {
    for (const node of walk(part.value)) {
      if (left-- === 0) return found;
      const kind = kindOf(node);
      if (!kind || found[kind].length >= maxPerKind || seen.has(keyOf(node))) continue;
      seen.add(keyOf(node));
      found[kind].push(node);
    }
  }
  return found;
}

function keyOf({ value }: JsonNode): string {
  return String(value).trim().toLowerCase();
}

function kindOf(node: JsonNode): EntityKind | null {
  const { value } = node;
  if (typeof value !== "string" && typeof value !== "number") return null;
  const text = String(value).trim();
  if (text === "" || text.length > maxValueLength || text.includes("\n")) return null;
  if (email.test(text)) return "People";
  if (isIP(text)) return "IP addresses";
  const [last, two] = lastNames(node);
  return (
    entityKinds.find(
      (kind) => kind !== "IP addresses" && (namePatterns[kind].test(last) || namePatterns[kind].test(two)),
    ) ?? null
  );
}

/** The last name of a path, and the last two joined; list indexes are skipped. */
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
  if (typeof node?.key !== "string" || node.key.length > maxValueLength) return "";
  return node.key.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** Draws the entities of an alert with a line per kind; empty if there are none. */
export function entityBlocks(parts: readonly Part[]): (RichTextBlock | DividerBlock)[] {
  const found = findEntities(parts);
  const kinds = entityKinds.filter((kind) => found[kind].length > 0);
  const elements = kinds.flatMap((kind) => [bold(kind), text(`${found[kind].map(entityText).join(", ")}\n`)]);
  return elements.length > 0
    ? [
        { type: "rich_text", block_id: "telling", elements: [{ type: "rich_text_section", elements }] },
        { type: "divider" },
      ]
    : [];
}

function entityText(node: JsonNode): string {
  const path = oneLine(pathOf(node), 60);
  const value = oneLine(String(node.value), 100);
  return path ? `${value} (${path})` : value;
}

function bold(value: string): RichTextText {
  return { ...text(`${value}  `), style: { bold: true } };
}

function text(value: string): RichTextText {
  return { type: "text", text: value };
}
