import type { AlertBody } from "../../../src/triage/contract.ts";
import { describeJson } from "./json-tree.tsx";

type Fields = [string, unknown][];
type Shown = Pick<
  AlertBody,
  | "title"
  | "description"
  | "runbook"
  | "reference"
  | "severity"
  | "detection"
  | "logTypes"
  | "tags"
  | "reports"
  | "context"
  | "dedupString"
>;

/**
 * Splits the fields of an event into those that say something new, and the names of those whose value the alert's page
 * shows already, wherever the tool has put it.
 */
export function splitRepeated(event: Fields, alert: Shown): { fresh: Fields; repeated: string[] } {
  const { title, description, runbook, reference, severity, detection, logTypes, tags, reports } = alert;
  const { context, dedupString } = alert;
  const shown = [title, description, runbook, reference, severity, dedupString, logTypes, tags, reports];
  const known = new Set([...shown, detection, context, ...Object.values(context)].map(canonical));
  const isRepeated = ([, value]: [string, unknown]) => value !== null && known.has(canonical(value));
  return {
    fresh: event.filter((field) => !isRepeated(field)),
    repeated: event.filter(isRepeated).map(([name]) => name),
  };
}

/** The same text for values that differ only in the order of their fields. */
function canonical(value: unknown): string {
  const described = describeJson(value);
  if (described.kind === "leaf") return `${described.type} ${described.text}`;
  const entries = described.entries.map(([name, inner]) => [name, canonical(inner)] as const);
  const sorted = Array.isArray(value) ? entries : entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(sorted);
}
