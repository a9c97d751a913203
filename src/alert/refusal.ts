/** A no that a person will read: what was wrong, where, and what would be right. */
export interface Refusal {
  refused: "not_found" | "invalid" | "conflict" | "forbidden";
  why: string;
  /** The field at fault, as the caller named it. */
  field?: string;
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === "object" && value !== null && "refused" in value;
}
