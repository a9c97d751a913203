import type { Severity } from "../../alert/severity.ts";

/** Colour for the quick eye; the word always stands beside it. */
export const severityDot: Record<Severity, string> = {
  CRITICAL: "🟣",
  HIGH: "🔴",
  MEDIUM: "🟠",
  LOW: "🟡",
  INFO: "🔵",
};
