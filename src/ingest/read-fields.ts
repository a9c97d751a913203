import type { Severity } from "../alert/severity.ts";

const words = new Map<string, Severity>([
  ["critical", "CRITICAL"],
  ["emergency", "CRITICAL"],
  ["fatal", "CRITICAL"],
  ["high", "HIGH"],
  ["error", "HIGH"],
  ["major", "HIGH"],
  ["page", "HIGH"],
  ["medium", "MEDIUM"],
  ["moderate", "MEDIUM"],
  ["warning", "MEDIUM"],
  ["warn", "MEDIUM"],
  ["low", "LOW"],
  ["minor", "LOW"],
  ["notice", "LOW"],
  ["info", "INFO"],
  ["informational", "INFO"],
  ["none", "INFO"],
]);

/** The severity that a tool's word stands for, in any case; null when it is not one we know. */
export function readSeverity(word: string | null | undefined): Severity | null {
  return words.get(word?.trim().toLowerCase() ?? "") ?? null;
}
