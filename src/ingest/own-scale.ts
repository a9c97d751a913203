import type { Severity } from "../alert/alert.ts";
import { textOf } from "./loose-fields.ts";
import { readSeverity } from "./read-fields.ts";
import type { SourceDefaults, Warning } from "./source-kind.ts";

export interface RatedReport {
  severity: Severity;
  warnings: Warning[];
}

/**
 * The severity of a tool with its own scale: `own` is what the scale says of `given`, null if it says nothing. Then
 * `given` may be one of the usual words; anything else is the source's default, with a warning.
 */
export function rate(
  own: Severity | null | undefined,
  given: unknown,
  source: SourceDefaults,
  expected: string,
): RatedReport {
  const severity = own ?? readSeverity(textOf(given));
  if (severity) return { severity, warnings: [] };
  return { severity: source.defaultSeverity, warnings: [{ field: "severity", expected }] };
}

/** The severity of a number by the least number of each; null below all of them, and for anything but a number. */
export function byThreshold(
  given: unknown,
  least: readonly (readonly [number, Severity])[],
): Severity | null {
  const text = textOf(given);
  const number = text === null ? Number.NaN : Number(text);
  return least.find(([from]) => number >= from)?.[1] ?? null;
}
