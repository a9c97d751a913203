/** Why a request is refused, worded for people: what is wrong, and what to do. */
export interface Refusal {
  refused: "not_found" | "invalid" | "conflict" | "forbidden";
  why: string;
  /** The invalid field, as the caller named it. */
  field?: string;
  /** Each invalid field with what is wrong there, if there are several. */
  fields?: readonly { field: string; why: string }[];
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === "object" && value !== null && "refused" in value;
}
