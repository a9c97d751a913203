import type { Refusal } from "../../alert/refusal.ts";

/** Refuses a name that would mean something else; null for a good one. */
export function nameRefusal(displayName: string): Refusal | null {
  if (displayName.toUpperCase() !== "SKIP") return null;
  return {
    refused: "invalid",
    field: "displayName",
    why: "SKIP can't be a destination's name: in a report it means that the alert goes nowhere.",
  };
}

export function nameTaken(displayName: string): Refusal {
  const why = `There is already a destination with the name "${displayName}".`;
  return { refused: "conflict", field: "displayName", why };
}
