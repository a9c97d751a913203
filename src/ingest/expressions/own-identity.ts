import type { DedupIdentity } from "../../alert/report.ts";
import { cutText } from "../cut-to-limits.ts";
import { defaultPeriodMinutes } from "../finish-report.ts";
import type { Warning } from "../source-kind.ts";
import type { Picked, PickedField } from "./evaluation.ts";

const maxPeriodMinutes = 7 * 24 * 60;

/**
 * The identity that a source's own expressions give a report: `identity`, without a window, else `dedupString`, within
 * its period. If they give none, it is that of the source's kind, or null for the default.
 */
export function identityOf(
  { identity, dedupString, dedupPeriodMinutes }: Picked["fields"],
  ofKind: DedupIdentity | null,
): { identity: DedupIdentity | null; warnings: Warning[] } {
  const id = identity ? keyText(identity) : null;
  // Alertmanager's alerts can start again under their own name, too.
  const start = ofKind?.kind === "named" && ofKind.startsAt !== undefined && { startsAt: ofKind.startsAt };
  if (id !== null) return { identity: { kind: "named", id, ...start }, warnings: [] };
  const warnings = identity ? [warningOf("identity", keyExpected, identity)] : [];
  const text = dedupString ? keyText(dedupString) : null;
  if (dedupString && text === null) warnings.push(warningOf("dedupString", keyExpected, dedupString));
  const period = dedupPeriodMinutes ? readPeriod(dedupPeriodMinutes) : null;
  if (dedupPeriodMinutes && period === null)
    warnings.push(warningOf("dedupPeriodMinutes", periodExpected, dedupPeriodMinutes));
  if (text !== null)
    return {
      identity: { kind: "windowed", dedupString: text, periodMinutes: period ?? defaultPeriodMinutes },
      warnings,
    };
  const isWindow = ofKind?.kind === "windowed" && period !== null;
  return { identity: isWindow ? { ...ofKind, periodMinutes: period } : ofKind, warnings };
}

const keyExpected = "text, a number, or a list of them";
const periodExpected = `a whole number of minutes from 1 to ${maxPeriodMinutes}`;

/** What makes reports the same thing. Lists and objects count as their JSON; null if there is nothing. */
function keyText({ value, fault }: PickedField): string | null {
  if (fault !== undefined || value === undefined || value === null) return null;
  if (typeof value === "object") return Object.keys(value).length > 0 ? JSON.stringify(value) : null;
  return String(value).trim() || null;
}

function readPeriod({ value }: PickedField): number | null {
  const minutes = typeof value === "string" && value.trim() ? Number(value) : value;
  const isPeriod = typeof minutes === "number" && Number.isInteger(minutes) && minutes >= 1;
  return isPeriod && minutes <= maxPeriodMinutes ? minutes : null;
}

/** Says what a field should be, and what its expression gave instead. */
export function warningOf(field: string, expected: string, picked: PickedField | undefined): Warning {
  return { field, expected: picked ? `${expected}; ${whatItGave(picked)}` : expected };
}

function whatItGave({ value, fault, at, read }: PickedField): string {
  if (fault !== undefined)
    return `the expression failed${at === undefined ? "" : ` at character ${at + 1}`}: ${fault}`;
  if (value === undefined)
    return `the expression found nothing${read?.has ? ` at ${read.path.join(".")}` : ""}`;
  return `the expression gave ${cutText(JSON.stringify(value), 80)}`;
}
