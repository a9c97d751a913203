import type { Severity } from "../../alert/alert.ts";
import type { SourceDefaults, Warning } from "../source-kind.ts";
import { severityOf, textOf } from "./read-fields.ts";

export interface RatedReport {
  severity: Severity;
  warnings: Warning[];
}

/**
 * The severity of a tool with its own scale: `own` is what the scale says of `given`, null if it says nothing. The
 * source's own words come before it, the usual ones after it; anything else is the source's default, with a warning.
 */
export function rate(
  own: Severity | null | undefined,
  given: unknown,
  source: SourceDefaults,
  expected: string,
): RatedReport {
  const { severity, warning } = severityOf(given, source, "severity", own ?? null);
  return { severity, warnings: warning ? [{ ...warning, expected }] : [] };
}

/** The severity of a number by the least number of each; null below all of them, above `most`, and for anything but a number. */
export function byThreshold(
  given: unknown,
  least: readonly (readonly [number, Severity])[],
  most = Number.POSITIVE_INFINITY,
): Severity | null {
  const text = textOf(given);
  const number = text === null ? Number.NaN : Number(text);
  return least.find(([from]) => number >= from && number <= most)?.[1] ?? null;
}
