import { type Changes, changesBetween } from "../../people/changes.ts";
import type { DestinationChange } from "../contract.ts";
import type { Destination, DestinationType } from "../destination-type.ts";

/** A change of a destination as the audit log keeps it: from what to what, without secrets. */
export function auditedChange(
  type: DestinationType,
  before: Destination,
  change: DestinationChange,
): Changes {
  const enabled = before.state.kind !== "disabled";
  return maskSecrets(type, changesBetween({ ...before, ...type.show(before), enabled }, change));
}

/** Replaces secrets, the values of headers, and all but the origin of addresses, which often have a secret in them. */
export function maskSecrets({ about }: DestinationType, changes: Changes): Changes {
  const kept = { ...changes };
  for (const { name, input } of about.fields) {
    const change = kept[name];
    if (!change) continue;
    if (input === "secret") kept[name] = { to: change.to ? "replaced" : null };
    if (input === "headers") kept[name] = { from: namesOf(change.from), to: namesOf(change.to) };
    if (input === "url") kept[name] = { from: originOf(change.from), to: originOf(change.to) };
  }
  return kept;
}

function namesOf(headers: unknown): string[] | null {
  return typeof headers === "object" && headers ? Object.keys(headers) : null;
}

function originOf(address: unknown): string | null {
  return typeof address === "string" ? (URL.parse(address)?.origin ?? null) : null;
}
