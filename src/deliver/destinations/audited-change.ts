import { z } from "zod";
import { type Changes, changesBetween } from "../../people/audit-log/changes.ts";
import type { DestinationChange } from "../contract.ts";
import type { Destination, DestinationType } from "../destination-type.ts";

/** A change of a destination as the audit log keeps it: from what to what, without secrets. */
export function auditedChange(
  type: DestinationType,
  before: Destination,
  change: DestinationChange,
): Changes {
  const enabled = before.state.kind !== "disabled";
  const shown = type.show(before);
  return maskSecrets(
    type,
    changesBetween({ ...before, ...shown, enabled }, change),
    hints.parse(shown).hints,
  );
}

const hints = z.object({ hints: z.record(z.string(), z.string()).default({}) });

/**
 * Replaces secrets and the values of headers. A secret address is kept as its origin, so that the log says where alerts
 * went. `old` has what may be shown of the old secrets.
 */
export function maskSecrets(
  { about }: DestinationType,
  changes: Changes,
  old: Record<string, string> = {},
): Changes {
  const kept = { ...changes };
  for (const { name, input } of about.fields) {
    const change = kept[name];
    if (!change) continue;
    if (input === "secret")
      kept[name] = { from: old[name] ?? null, to: change.to ? (originOf(change.to) ?? "replaced") : null };
    if (input === "headers") kept[name] = { from: namesOf(change.from), to: namesOf(change.to) };
  }
  return kept;
}

function namesOf(headers: unknown): string[] | null {
  return typeof headers === "object" && headers ? Object.keys(headers) : null;
}

function originOf(address: unknown): string | null {
  return typeof address === "string" ? (URL.parse(address)?.origin ?? null) : null;
}
