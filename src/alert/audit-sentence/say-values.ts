import { alertTypeLabels, severityLabels, statusLabels } from "../alert.ts";

/** A piece of a sentence: text, or the name of a thing that readers can open. */
export type Part = string | { text: string; type: string; id: string };

/** What one field was and is; `from` is absent where it isn't known. */
export interface Change {
  from?: unknown;
  to: unknown;
}

/** What a sentence is made of; an entry of the API (`AuditEntry`) has all of it. */
export interface SaidEntry {
  actor: { type: string; id: string | null; name: string };
  action: string;
  target: { type: string; id: string; name: string | null } | null;
  outcome: "ok" | "refused";
  slack: { userId: string; teamId: string | null; name?: string | null; team?: string | null } | null;
  changes: Readonly<Record<string, Change>>;
  data: Readonly<Record<string, unknown>>;
}

/** A refused call of the API has its method and address for an action. */
export function isCall(action: string): boolean {
  return action.includes(" ");
}

const labels: Record<string, string> = { ...statusLabels, ...severityLabels, ...alertTypeLabels };
const maxValueLength = 200;
const maxItems = 12;

/** `displayName` and `missing_scope` as words. */
export function words(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, (_, before: string, letter: string) => `${before} ${letter.toLowerCase()}`)
    .replaceAll("_", " ")
    .replace(/\bapi\b/gi, "API")
    .replace(/\b(slack|socket mode)\b/g, (name) => name[0]?.toUpperCase() + name.slice(1));
}

export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** A value as people say it: `RESOLVED` as Resolved, true as on, a time as a date, an absent value as none. */
export function valueText(value: unknown): string {
  if (isEmpty(value)) return "none";
  if (typeof value === "boolean") return value ? "on" : "off";
  if (Array.isArray(value)) return listText(value.map(valueText));
  if (typeof value === "string") return cut(labels[value] ?? dateText(value) ?? value);
  const name = nameOf(value);
  if (name !== null) return cut(name);
  return cut(typeof value === "object" ? JSON.stringify(value) : String(value));
}

/** The name of an object, or its label, as link buttons have one. */
function nameOf(value: unknown): string | null {
  if (typeof value !== "object" || value === null) return null;
  if ("name" in value && typeof value.name === "string") return value.name;
  return "label" in value && typeof value.label === "string" ? value.label : null;
}

function listText(items: string[]): string {
  const rest = items.length - maxItems;
  return rest > 0 ? `${items.slice(0, maxItems).join(", ")} and ${rest} more` : items.join(", ");
}

export function cut(text: string, most = maxValueLength): string {
  return text.length > most ? `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…` : text;
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/;
const months = "January February March April May June July August September October November December".split(
  " ",
);

/** `2027-03-01T00:00:00.000Z` as “1 March 2027”, with the time unless it is midnight; null for another text. */
function dateText(text: string): string | null {
  const at = isoTime.test(text) ? new Date(text) : null;
  if (!at || Number.isNaN(at.getTime())) return null;
  const date = `${at.getUTCDate()} ${months[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
  const time = timeText(text);
  return time === "00:00" ? date : `${date}, ${time} UTC`;
}

/** `14:02` of a time in UTC. */
export function timeText(iso: unknown): string {
  return typeof iso === "string" && isoTime.test(iso) ? iso.slice(11, 16) : "an unknown time";
}

/** `name from A to B`; of something new only what it is. Null where nothing is said, such as an empty field of it. */
export function changeText(name: string, { from, to }: Change): string | null {
  if (to === "replaced") return `${words(name)} ${isEmpty(from) ? "set" : "replaced"}`;
  if (from === undefined) return isEmpty(to) ? null : `${words(name)} ${valueText(to)}`;
  return `${words(name)} from ${valueText(from)} to ${valueText(to)}`;
}

export function changesText(changes: Readonly<Record<string, Change>>): string {
  const said = Object.entries(changes).map(([name, change]) => changeText(name, change));
  return said.filter((text) => text !== null).join(", ");
}

/** The remark that ends a refusal, as a sentence of its own without a full stop. */
export function reasonText(data: Readonly<Record<string, unknown>>): string {
  const { reason, why } = data;
  const text = typeof reason === "string" ? reason : typeof why === "string" ? why : "";
  const said = cut(text.includes(" ") ? text.replace(/\.$/, "") : words(text), 500);
  return said.charAt(0).toUpperCase() + said.slice(1);
}
