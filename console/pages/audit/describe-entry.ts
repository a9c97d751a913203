import type { AuditEntryBody } from "../../../src/people/contract.ts";

const ways: Record<string, string> = {
  slack: "Slack",
  console: "Console",
  api: "API",
  source: "Source",
  system: "System",
};

/** By which way somebody acted. */
export function describeWay(via: string): string {
  return ways[via] ?? via;
}

/** `destination.key_added` as "Destination: key added"; the address of a refused call as it is. */
export function describeAction(action: string): string {
  if (action.includes("/")) return action;
  const text = action.replace(/[._]/g, (separator) => (separator === "." ? ": " : " "));
  return named(text.replace(/^[a-z]/, (letter) => letter.toUpperCase()));
}

/** What an entry changed and what else it says: "role: Analyst → Admin; name: Grace". */
export function describeDetails({ changes, data }: Pick<AuditEntryBody, "changes" | "data">): string {
  const changed = Object.entries(changes).map(([name, { from, to }]) => {
    // Of something new, what is empty says nothing.
    if (from === undefined) return isEmpty(to) ? null : `${words(name)}: ${describeValue(to)}`;
    return `${words(name)}: ${describeValue(from)} → ${describeValue(to)}`;
  });
  const said = Object.entries(data).map(([name, value]) => `${words(name)}: ${describeValue(value)}`);
  return [...changed, ...said].filter((text) => text !== null).join("; ");
}

/** `displayName` as "display name". */
function words(name: string): string {
  return named(name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll("_", " "));
}

function named(text: string): string {
  return text.replace(/\bapi\b/gi, "API").replace(/\bslack\b/g, "Slack");
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === "") return true;
  return typeof value === "object" && Object.keys(value ?? {}).length === 0;
}

function describeValue(value: unknown): string {
  if (isEmpty(value)) return "none";
  if (typeof value === "boolean") return value ? "on" : "off";
  if (Array.isArray(value)) return value.map(describeValue).join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}
