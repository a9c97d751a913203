import { isIP } from "node:net";
import { oneLine } from "../../slack/text/text.ts";
import { type JsonNode, pathOf, walk } from "../details/json.ts";

export interface NamedValue {
  name: string;
  value: string;
}

interface Alike {
  title: string;
  context: Record<string, unknown>;
  /** The contexts of other alerts with this title. Without any, nothing has to be told apart. */
  others: readonly Record<string, unknown>[];
  /** Paths of the source's own choice, such as `labels.pod`, or their ends. */
  chosen: readonly string[];
}

const maxFields = 3;

/**
 * Up to three fields that tell an alert from others with its title: those that the source names; otherwise what differs,
 * known names first, and then what a reader looks for anyway.
 */
export function distinguishingFields({ title, context, others, chosen }: Alike): NamedValue[] {
  if (others.length === 0) return [];
  const fields = [...leaves(context).values()];
  const wanted = chosen.flatMap((path) => fields.find((field) => endsWith(field.path, path)) ?? []);
  if (wanted.length > 0) return distinct(wanted.map((field) => ({ ...field, label: field.name })));
  const elsewhere = others.map(leaves);
  const telling = fields.filter(({ value }) => !title.includes(value)).map(known);
  const differs = ({ path, value }: Leaf) => elsewhere.some((other) => other.get(path)?.value !== value);
  const different = telling.filter(
    (field) => differs(field) && (field.rank < unknownRank || !isNoise(field)),
  );
  const same = telling.filter((field) => !differs(field) && field.rank < whoAndWhere);
  return distinct([...sorted(different), ...sorted(same)]);
}

/** A value that fits on the card. */
interface Leaf {
  path: string;
  /** Its own name, and that of the object around it. */
  name: string;
  parent: string;
  value: string;
}
type Ranked = Leaf & { label: string; rank: number };

/** A context can hold 100,000 values; what identifies things is near its top. */
const maxSearched = 2000;
const maxValueLength = 200;

function leaves(context: Record<string, unknown>): Map<string, Leaf> {
  const found = new Map<string, Leaf>();
  let left = maxSearched;
  for (const node of walk(context)) {
    if (left-- === 0) break;
    const value = typeof node.key === "number" ? null : shown(node.value);
    if (value === null) continue;
    const path = pathOf(node);
    found.set(path, { path, name: String(node.key), parent: nameOf(node.parent), value });
  }
  return found;
}

function nameOf(node: JsonNode | null): string {
  return typeof node?.key === "string" ? node.key : "";
}

/** A short text, number or boolean, or a list of a few of them; null for anything else. */
function shown(value: unknown): string | null {
  if (Array.isArray(value)) {
    const items = value.length <= 5 ? value.map(shown) : [];
    return items.length > 0 && items.every((item) => item !== null) ? items.join(", ") : null;
  }
  if (value === null || typeof value === "object") return null;
  const text = String(value).trim();
  return text && text.length <= maxValueLength && !text.includes("\n") ? text : null;
}

function endsWith(path: string, end: string): boolean {
  const [whole, wanted] = [path.toLowerCase(), end.trim().toLowerCase()];
  return wanted !== "" && (whole === wanted || whole.endsWith(`.${wanted}`));
}

const role = "(?:src|dst|source|dest|destination|target|client|server|remote|actor|local)?";
/** In the order in which they are shown. Without a label, the field's own name is shown. */
const knownNames: { label?: string; names: RegExp }[] = [
  {
    label: "host",
    names: new RegExp(
      `^${role}(?:host|hostname|computer|computername|machine|machinename|device|devicename|fqdn|workstation|node|nodename|agent|agentname)$`,
    ),
  },
  {
    label: "user",
    names: new RegExp(
      `^${role}(?:user|username|useremail|email|userprincipalname|principal|principalname|login|actor|samaccountname)$`,
    ),
  },
  {
    label: "source IP",
    names:
      /^(?:src|source|client|remote|attacker|peer)(?:ip|ipaddr|ipaddress|addr|address)$|^(?:ip|ipaddress)$/,
  },
  { label: "instance", names: /^instance(?:id|name)?$/ },
  { label: "resource", names: /^resource(?:id|name|arn)?$|^arn$/ },
  {
    names:
      /^(?:pod|podname|container|containername|service|servicename|job|app|application|deployment|database|bucket|bucketname|queue|volume|mountpoint|device)$/,
  },
  {
    names:
      /^(?:namespace|cluster|project|projectid|repository|repo|branch|account|accountid|tenant|region|zone)$/,
  },
  {
    names:
      /^(?:process|processname|command|cmdline|path|file|filename|domain|interface|port|dstip|destinationip)$/,
  },
];
const unknownRank = knownNames.length;
/** Host, user, address, instance and resource are also shown where they are the same. */
const whoAndWhere = 5;

function known(field: Leaf): Ranked {
  const names = [field.name, `${field.parent}.${field.name}`].map((name) =>
    name.toLowerCase().replace(/[^a-z0-9]/g, ""),
  );
  const rank = knownNames.findIndex(({ names: pattern }) => names.some((name) => pattern.test(name)));
  if (rank === -1) return { ...field, label: field.name, rank: unknownRank };
  return { ...field, label: knownNames[rank]?.label ?? field.name, rank };
}

/** Values that differ between any two alerts: times, ids, measurements, long texts and addresses of pages. */
const noisyName =
  /(?:time|timestamp|date|at|ids?|uid|uuid|guid|hash|fingerprint|key|count|total|values?|score|duration|age|url|uri|link|href|description|summary|message|msg|title|text|log|output|version|query)$/i;
const noisyValue = /^https?:|^\d{4}-\d\d-\d\d|^\d{9,}$|^[\da-f]{8}-[\da-f]{4}-|^[\da-f]{16,}$|^\d+[.,]\d+$/i;

function isNoise({ name, value }: Leaf): boolean {
  return !isIP(value) && (noisyName.test(name) || noisyValue.test(value) || value.length > 80);
}

function sorted(fields: Ranked[]): Ranked[] {
  return fields.sort((a, b) => a.rank - b.rank);
}

/** The first three with different values. */
function distinct(fields: readonly (Leaf & { label: string })[]): NamedValue[] {
  const byValue = new Map(fields.toReversed().map((field) => [field.value, field]));
  return fields
    .filter((field) => byValue.get(field.value) === field)
    .slice(0, maxFields)
    .map(({ label, value }) => ({ name: oneLine(label, 40), value: oneLine(value, 100) }));
}
